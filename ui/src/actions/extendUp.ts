/** Adds to the selection what lies up in the column. */
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { extendTo, walkTarget } from "./walk";

export const extendUp: Action = {
  id: "extendUp",
  label: "Select up in the column, too",
  group: "Walk",
  key: "Shift+ArrowUp",
  scope: "map",
  enabled: () => session.screen === "map" && selection.touchpoint !== null,
  run: () => extendTo(walkTarget("up")),
};
