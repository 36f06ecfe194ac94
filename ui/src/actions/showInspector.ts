/** Brings the inspector to the front on the right. */
import { panes } from "../state/panes.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const showInspector: Action = {
  id: "showInspector",
  label: "Show the inspector",
  group: "View",
  key: null,
  scope: "window",
  enabled: () => session.screen === "map",
  run: () => {
    panes.tab = "inspector";
  },
};
