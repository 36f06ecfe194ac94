/** Asks for a place where people end up. */
import { intentions } from "../state/intentions.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const addDestination: Action = {
  id: "addDestination",
  label: "Add a destination…",
  group: "Add",
  key: "D",
  scope: "window",
  enabled: () => session.canEdit,
  run: () => {
    intentions.picker = { anchor: null, direction: "upstream", mode: "destination", at: null };
  },
};
