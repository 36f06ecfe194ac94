/** Aligns the left edges of the selected cards, within their columns. */
import type { Action } from "./action";
import { align, canArrange } from "./arrange";

export const alignLeft: Action = {
  id: "alignLeft",
  label: "Align left edges",
  group: "Arrange",
  key: "Alt+A",
  scope: "map",
  enabled: () => canArrange(2),
  run: () => align("left"),
};
