/** Goes to the previous open gap. */
import { gaps } from "../state/gaps.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { stepGap } from "./walkGaps";

export const previousGap: Action = {
  id: "previousGap",
  label: "Previous gap",
  group: "Gaps",
  key: "Shift+F8",
  scope: "window",
  whileTyping: true,
  enabled: () => session.screen === "map" && gaps.open.length > 0,
  run: () => stepGap(-1),
};
