/** Adds to the selection what lies upstream along the links. */
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { extendTo, walkTarget } from "./walk";

export const extendUpstream: Action = {
  id: "extendUpstream",
  label: "Select upstream along the links, too",
  group: "Walk",
  key: "Shift+ArrowLeft",
  scope: "map",
  enabled: () => session.screen === "map" && selection.touchpoint !== null,
  run: () => extendTo(walkTarget("upstream")),
};
