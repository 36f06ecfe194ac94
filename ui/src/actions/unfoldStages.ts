/** Makes all columns as wide as they were. */
import { canvasDoor } from "../state/canvas.svelte";
import { frame } from "../state/frame.svelte";
import type { Action } from "./action";

export const unfoldStages: Action = {
  id: "unfoldStages",
  label: "Unfold all stages",
  group: "Stages",
  key: null,
  scope: "window",
  enabled: () => canvasDoor.inView && frame.folded.size > 0,
  run: () => frame.unfoldAll(),
};
