/** Moves the selected cards a little upward, within their stages. */
import type { Action } from "./action";
import { canNudge, nudge } from "./nudge";

export const nudgeUp: Action = {
  id: "nudgeUp",
  label: "Nudge up",
  group: "Arrange",
  key: "Ctrl+Shift+ArrowUp",
  scope: "map",
  enabled: canNudge,
  run: () => nudge(0, -1),
};
