/** Divides the map into lanes: one for each who controls touchpoints. */
import { frame } from "../state/frame.svelte";
import type { Action } from "./action";
import { canDivide, divideBy } from "./divide";

export const lanesByOwnership: Action = {
  id: "lanesByOwnership",
  label: "Lanes: by ownership",
  group: "View",
  key: "Alt+3",
  scope: "window",
  enabled: () => canDivide() && frame.lanes !== "ownership",
  run: () => divideBy("ownership"),
};
