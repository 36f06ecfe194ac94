/** Divides the map into lanes: one for paid, earned, shared and owned media. */
import { frame } from "../state/frame.svelte";
import type { Action } from "./action";
import { canDivide, divideBy } from "./divide";

export const lanesByMedia: Action = {
  id: "lanesByMedia",
  label: "Lanes: by media",
  group: "View",
  key: "Alt+4",
  scope: "window",
  enabled: () => canDivide() && frame.lanes !== "media",
  run: () => divideBy("media"),
};
