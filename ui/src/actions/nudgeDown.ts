/** Moves the selected cards a little downward, within their stages. */
import type { Action } from "./action";
import { canNudge, nudge } from "./nudge";

export const nudgeDown: Action = {
  id: "nudgeDown",
  label: "Nudge down",
  group: "Arrange",
  key: "Ctrl+Shift+ArrowDown",
  scope: "map",
  enabled: canNudge,
  run: () => nudge(0, 1),
};
