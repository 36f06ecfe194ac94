/** Zoom to fit, by the canvas. */
import { canvasDoor } from "../state/canvas.svelte";
import type { Action } from "./action";

export const zoomFit: Action = {
  id: "zoomFit",
  label: "Zoom to fit",
  group: "View",
  key: "Shift+1",
  otherKeys: ["!"],
  scope: "window",
  enabled: () => canvasDoor.inView,
  run: () => canvasDoor.current?.zoomToFit(),
};
