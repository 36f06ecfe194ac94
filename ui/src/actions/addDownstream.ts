/** Asks for a touchpoint after the selection. */
import { intentions } from "../state/intentions.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const addDownstream: Action = {
  id: "addDownstream",
  label: "Add where they go next…",
  group: "Add",
  key: "Shift+Tab",
  otherKeys: ["Ctrl+ArrowRight"],
  scope: "map",
  enabled: () => session.canEdit && selection.touchpoint !== null,
  run: () => {
    intentions.picker = { anchor: selection.touchpoint, direction: "downstream", mode: "add", at: null };
  },
};
