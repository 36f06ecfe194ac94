/** Go to the next pane: toolbar, outline, map, right side, status. */
import type { Action } from "./action";
import { stepPane } from "./stepPane";

export const nextPane: Action = {
  id: "nextPane",
  label: "Go to the next pane",
  group: "View",
  key: "F6",
  scope: "window",
  whileTyping: true,
  enabled: () => true,
  run: () => stepPane(1),
};
