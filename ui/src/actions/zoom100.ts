/** Zoom to 100 %, by the canvas. */
import { canvasDoor } from "../state/canvas.svelte";
import type { Action } from "./action";

export const zoom100: Action = {
  id: "zoom100",
  label: "Zoom to 100 %",
  group: "View",
  key: "Ctrl+0",
  scope: "window",
  enabled: () => canvasDoor.inView,
  run: () => canvasDoor.current?.zoomTo100(),
};
