/** The map without lanes: cards are where they were before. */
import { frame } from "../state/frame.svelte";
import type { Action } from "./action";
import { canDivide, divideBy } from "./divide";

export const lanesOff: Action = {
  id: "lanesOff",
  label: "Lanes: off",
  group: "View",
  key: "Alt+0",
  scope: "window",
  enabled: () => canDivide() && frame.lanes !== null,
  run: () => divideBy(null),
};
