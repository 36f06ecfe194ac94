/** Puts the centres of the selected cards on one level. */
import type { Action } from "./action";
import { align, canArrange } from "./arrange";

export const alignDown: Action = {
  id: "alignDown",
  label: "Align centres on one level",
  group: "Arrange",
  key: "Alt+V",
  scope: "map",
  enabled: () => canArrange(2),
  run: () => align("down"),
};
