/** Spaces the selected cards of each column evenly. */
import type { Action } from "./action";
import { canArrange, distribute } from "./arrange";

export const distributeDown: Action = {
  id: "distribute",
  label: "Space evenly down the column",
  group: "Arrange",
  key: "Alt+Shift+V",
  scope: "map",
  enabled: () => canArrange(3),
  run: () => distribute(),
};
