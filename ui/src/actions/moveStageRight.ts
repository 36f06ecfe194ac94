/** Moves the selected touchpoints one stage along the journey. */
import type { Action } from "./action";
import { canShiftStage, shiftStage } from "./shiftStage";

export const moveStageRight: Action = {
  id: "moveStageRight",
  label: "Move to the stage after",
  group: "Edit",
  key: "Alt+ArrowRight",
  scope: "selection",
  enabled: () => canShiftStage(1),
  run: () => shiftStage(1),
};
