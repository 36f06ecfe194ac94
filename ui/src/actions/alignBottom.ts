/** Aligns the bottom edges of the selected cards, on one level. */
import type { Action } from "./action";
import { align, canArrange } from "./arrange";

export const alignBottom: Action = {
  id: "alignBottom",
  label: "Align bottom edges",
  group: "Arrange",
  key: "Alt+S",
  scope: "map",
  enabled: () => canArrange(2),
  run: () => align("bottom"),
};
