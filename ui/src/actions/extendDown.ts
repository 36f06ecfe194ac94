/** Adds to the selection what lies down in the column. */
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { extendTo, walkTarget } from "./walk";

export const extendDown: Action = {
  id: "extendDown",
  label: "Select down in the column, too",
  group: "Walk",
  key: "Shift+ArrowDown",
  scope: "map",
  enabled: () => session.screen === "map" && selection.touchpoint !== null,
  run: () => extendTo(walkTarget("down")),
};
