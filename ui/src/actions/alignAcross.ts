/** Aligns the centres of the selected cards, within their columns. */
import type { Action } from "./action";
import { align, canArrange } from "./arrange";

export const alignAcross: Action = {
  id: "alignAcross",
  label: "Align centres across",
  group: "Arrange",
  key: "Alt+H",
  scope: "map",
  enabled: () => canArrange(2),
  run: () => align("across"),
};
