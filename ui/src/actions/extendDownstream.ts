/** Adds to the selection what lies downstream along the links. */
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { extendTo, walkTarget } from "./walk";

export const extendDownstream: Action = {
  id: "extendDownstream",
  label: "Select downstream along the links, too",
  group: "Walk",
  key: "Shift+ArrowRight",
  scope: "map",
  enabled: () => session.screen === "map" && selection.touchpoint !== null,
  run: () => extendTo(walkTarget("downstream")),
};
