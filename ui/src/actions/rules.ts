/** Shows the rules that find gaps, and how this map sets them. */
import { panes } from "../state/panes.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const rules: Action = {
  id: "rules",
  label: "Set the rules…",
  group: "Gaps",
  key: null,
  scope: "window",
  enabled: () => session.screen === "map",
  run: () => {
    panes.view = "rules";
  },
};
