/** Gives the state as it is a name, under which it is found again. */
import { panes } from "../state/panes.svelte";
import { past } from "../state/past.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const keepVersion: Action = {
  id: "keepVersion",
  label: "Keep this version…",
  group: "File",
  key: "Ctrl+Alt+S",
  scope: "window",
  whileTyping: true,
  enabled: () => session.canEdit,
  run: () => {
    panes.tab = "history";
    past.tab = "versions";
    past.naming = true;
  },
};
