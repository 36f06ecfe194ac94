/** Aligns the top edges of the selected cards, on one level. */
import type { Action } from "./action";
import { align, canArrange } from "./arrange";

export const alignTop: Action = {
  id: "alignTop",
  label: "Align top edges",
  group: "Arrange",
  key: "Alt+W",
  scope: "map",
  enabled: () => canArrange(2),
  run: () => align("top"),
};
