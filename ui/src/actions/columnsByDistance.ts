/** Columns by distance from the destinations instead of by stage, and back. */
import { frame } from "../state/frame.svelte";
import { project } from "../state/project.svelte";
import type { Action } from "./action";
import { canDivide, toggleDistances } from "./divide";

export const columnsByDistance: Action = {
  id: "columnsByDistance",
  label: "Columns by distance, on or off",
  group: "View",
  key: "Alt+5",
  scope: "window",
  enabled: () => canDivide() && (frame.distances || project.stages.length > 0),
  run: toggleDistances,
};
