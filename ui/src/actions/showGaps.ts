/** Brings the gaps to the front on the right. */
import { panes } from "../state/panes.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const showGaps: Action = {
  id: "showGaps",
  label: "Show the gaps",
  group: "View",
  key: null,
  scope: "window",
  enabled: () => session.screen === "map",
  run: () => {
    panes.tab = "gaps";
  },
};
