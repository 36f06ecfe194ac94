/** Zoom to the selection, by the canvas. */
import { canvasDoor } from "../state/canvas.svelte";
import { selection } from "../state/selection.svelte";
import type { Action } from "./action";

export const zoomSelection: Action = {
  id: "zoomSelection",
  label: "Zoom to the selection",
  group: "View",
  key: "Shift+2",
  otherKeys: ["@", '"'],
  scope: "window",
  enabled: () => canvasDoor.inView && selection.touchpoints.size > 0,
  run: () => canvasDoor.current?.zoomToSelection(),
};
