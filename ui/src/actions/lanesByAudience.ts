/** Divides the map into lanes: one for each audience; a touchpoint stands in that of its first. */
import { frame } from "../state/frame.svelte";
import type { Action } from "./action";
import { canDivide, divideBy } from "./divide";

export const lanesByAudience: Action = {
  id: "lanesByAudience",
  label: "Lanes: by audience",
  group: "View",
  key: "Alt+2",
  scope: "window",
  enabled: () => canDivide() && frame.lanes !== "audience",
  run: () => divideBy("audience"),
};
