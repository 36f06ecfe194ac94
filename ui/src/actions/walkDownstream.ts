/** Go downstream from the selection; from nothing, to the destination. */
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { go, walkTarget } from "./walk";
import { walkLinks } from "./walkLinks";
import { walkSlots } from "./walkSlots";

export const walkDownstream: Action = {
  id: "walkDownstream",
  label: "Go downstream",
  group: "Walk",
  key: "ArrowRight",
  scope: "map",
  enabled: () => session.screen === "map" && project.touchpointIds.length > 0,
  run: () => {
    if (!walkSlots("downstream") && !walkLinks("downstream")) go(walkTarget("downstream"));
  },
};
