/** Shows in the centre who is served where. What is only looked at has stages of its own, and so no coverage. */
import { panes } from "../state/panes.svelte";
import { reading } from "../state/reading.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const viewCoverage: Action = {
  id: "viewCoverage",
  label: "Show the coverage",
  group: "View",
  key: "Ctrl+2",
  scope: "window",
  whileTyping: true,
  enabled: () => session.screen === "map" && !reading.active,
  run: () => {
    panes.view = "coverage";
  },
};
