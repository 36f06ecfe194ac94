/** Zoom out, by the canvas. */
import { canvasDoor } from "../state/canvas.svelte";
import type { Action } from "./action";

export const zoomOut: Action = {
  id: "zoomOut",
  label: "Zoom out",
  group: "View",
  key: "Ctrl+-",
  otherKeys: ["-"],
  scope: "window",
  enabled: () => canvasDoor.inView,
  run: () => canvasDoor.current?.zoomOut(),
};
