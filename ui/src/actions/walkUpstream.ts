/** Go upstream from the selection; from nothing, to the destination. */
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { go, walkTarget } from "./walk";
import { walkLinks } from "./walkLinks";
import { walkSlots } from "./walkSlots";

export const walkUpstream: Action = {
  id: "walkUpstream",
  label: "Go upstream",
  group: "Walk",
  key: "ArrowLeft",
  scope: "map",
  enabled: () => session.screen === "map" && project.touchpointIds.length > 0,
  run: () => {
    if (!walkSlots("upstream") && !walkLinks("upstream")) go(walkTarget("upstream"));
  },
};
