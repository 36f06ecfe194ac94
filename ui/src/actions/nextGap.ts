/** Goes to the next open gap. */
import { gaps } from "../state/gaps.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { stepGap } from "./walkGaps";

export const nextGap: Action = {
  id: "nextGap",
  label: "Next gap",
  group: "Gaps",
  key: "F8",
  scope: "window",
  whileTyping: true,
  enabled: () => session.screen === "map" && gaps.open.length > 0,
  run: () => stepGap(1),
};
