/** Moves the selected touchpoints one stage against the journey. */
import type { Action } from "./action";
import { canShiftStage, shiftStage } from "./shiftStage";

export const moveStageLeft: Action = {
  id: "moveStageLeft",
  label: "Move to the stage before",
  group: "Edit",
  key: "Alt+ArrowLeft",
  scope: "selection",
  enabled: () => canShiftStage(-1),
  run: () => shiftStage(-1),
};
