/** Divides the map into lanes: one for each group of channels. */
import { frame } from "../state/frame.svelte";
import type { Action } from "./action";
import { canDivide, divideBy } from "./divide";

export const lanesByChannelGroup: Action = {
  id: "lanesByChannelGroup",
  label: "Lanes: by channel group",
  group: "View",
  key: "Alt+1",
  scope: "window",
  enabled: () => canDivide() && frame.lanes !== "channelGroup",
  run: () => divideBy("channelGroup"),
};
