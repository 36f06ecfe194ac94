/** Asks for a driver behind the selection: the first question of drawing backward. */
import { intentions } from "../state/intentions.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const addUpstream: Action = {
  id: "addUpstream",
  label: "Add what brings people here…",
  group: "Add",
  key: "Tab",
  otherKeys: ["Ctrl+ArrowLeft"],
  scope: "map",
  enabled: () => session.canEdit && selection.touchpoint !== null,
  run: () => {
    intentions.picker = { anchor: selection.touchpoint, direction: "upstream", mode: "add", at: null };
  },
};
