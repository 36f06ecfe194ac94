/** Asks for a touchpoint that leads to the same target as the selection. */
import { intentions } from "../state/intentions.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const addSibling: Action = {
  id: "addSibling",
  label: "Add another beside it…",
  group: "Add",
  key: "Enter",
  scope: "map",
  enabled: () => session.canEdit && selection.touchpoint !== null,
  run: () => {
    intentions.picker = { anchor: selection.touchpoint, direction: "sibling", mode: "add", at: null };
  },
};
