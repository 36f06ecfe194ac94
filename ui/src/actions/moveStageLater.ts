/** Puts the stage in hand one place later. */
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { canMoveStage, moveStage } from "./moveStage";
import { stageInHand } from "./stageInHand";

export const moveStageLater: Action = {
  id: "moveStageLater",
  label: "Move stage later",
  group: "Stages",
  key: null,
  scope: "window",
  enabled: () => session.canEdit && canMoveStage(stageInHand(), 1),
  run: async () => {
    const id = stageInHand();
    if (id !== null) await moveStage(id, 1);
  },
};
