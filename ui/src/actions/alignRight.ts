/** Aligns the right edges of the selected cards, within their columns. */
import type { Action } from "./action";
import { align, canArrange } from "./arrange";

export const alignRight: Action = {
  id: "alignRight",
  label: "Align right edges",
  group: "Arrange",
  key: "Alt+D",
  scope: "map",
  enabled: () => canArrange(2),
  run: () => align("right"),
};
