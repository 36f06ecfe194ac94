/** Brings what was written on both sides to the front on the right. */
import { conflicts } from "../state/conflicts.svelte";
import { panes } from "../state/panes.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const showConflicts: Action = {
  id: "showConflicts",
  label: "Show the conflicts",
  group: "View",
  key: null,
  scope: "window",
  enabled: () => session.screen === "map" && conflicts.list.length > 0,
  run: () => {
    panes.tab = "conflicts";
  },
};
