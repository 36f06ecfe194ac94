/** Zoom in, by the canvas. */
import { canvasDoor } from "../state/canvas.svelte";
import type { Action } from "./action";

export const zoomIn: Action = {
  id: "zoomIn",
  label: "Zoom in",
  group: "View",
  key: "Ctrl++",
  otherKeys: ["Ctrl+=", "+"],
  scope: "window",
  enabled: () => canvasDoor.inView,
  run: () => canvasDoor.current?.zoomIn(),
};
