/** Moves the selected cards a little to the right, within their stages. */
import type { Action } from "./action";
import { canNudge, nudge } from "./nudge";

export const nudgeRight: Action = {
  id: "nudgeRight",
  label: "Nudge right",
  group: "Arrange",
  key: "Ctrl+Shift+ArrowRight",
  scope: "map",
  enabled: canNudge,
  run: () => nudge(1, 0),
};
