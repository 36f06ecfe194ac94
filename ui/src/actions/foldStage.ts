/** Makes the column of the stage in hand narrow, or as wide as it was. */
import { canvasDoor } from "../state/canvas.svelte";
import { frame } from "../state/frame.svelte";
import type { Action } from "./action";
import { stageInHand } from "./stageInHand";

export const foldStage: Action = {
  id: "foldStage",
  label: "Fold or unfold the stage",
  group: "Stages",
  key: "Shift+F",
  scope: "selection",
  enabled: () => canvasDoor.inView && !frame.distances && stageInHand() !== null,
  run: () => {
    const stage = stageInHand();
    if (stage !== null) frame.toggle(stage);
  },
};
