/** Brings the history to the front on the right: versions, backups, who changed what when. */
import { panes } from "../state/panes.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const viewHistory: Action = {
  id: "viewHistory",
  label: "Show the history",
  group: "View",
  key: "Ctrl+H",
  scope: "window",
  whileTyping: true,
  enabled: () => session.screen === "map",
  run: () => {
    panes.tab = "history";
  },
};
