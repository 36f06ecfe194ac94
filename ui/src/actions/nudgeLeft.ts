/** Moves the selected cards a little to the left, within their stages. */
import type { Action } from "./action";
import { canNudge, nudge } from "./nudge";

export const nudgeLeft: Action = {
  id: "nudgeLeft",
  label: "Nudge left",
  group: "Arrange",
  key: "Ctrl+Shift+ArrowLeft",
  scope: "map",
  enabled: canNudge,
  run: () => nudge(-1, 0),
};
