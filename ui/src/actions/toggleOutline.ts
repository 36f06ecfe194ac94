/** Folds the outline away or back. */
import { panes } from "../state/panes.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const toggleOutline: Action = {
  id: "toggleOutline",
  label: "Show or hide the outline",
  group: "View",
  key: "Ctrl+B",
  scope: "window",
  whileTyping: true,
  enabled: () => session.screen === "map",
  run: () => {
    panes.outlineShown = !panes.outlineShown;
  },
};
