/** Puts the stage in hand one place earlier. */
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { canMoveStage, moveStage } from "./moveStage";
import { stageInHand } from "./stageInHand";

export const moveStageEarlier: Action = {
  id: "moveStageEarlier",
  label: "Move stage earlier",
  group: "Stages",
  key: null,
  scope: "window",
  enabled: () => session.canEdit && canMoveStage(stageInHand(), -1),
  run: async () => {
    const id = stageInHand();
    if (id !== null) await moveStage(id, -1);
  },
};
