/** Go to the previous pane: toolbar, outline, map, right side, status. */
import type { Action } from "./action";
import { stepPane } from "./stepPane";

export const previousPane: Action = {
  id: "previousPane",
  label: "Go to the previous pane",
  group: "View",
  key: "Shift+F6",
  scope: "window",
  whileTyping: true,
  enabled: () => true,
  run: () => stepPane(-1),
};
