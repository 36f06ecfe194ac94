/** Go to the destination from the selection; from nothing, to the destination. */
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { go, walkTarget } from "./walk";

export const toDestination: Action = {
  id: "toDestination",
  label: "Go to the destination",
  group: "Walk",
  key: "Home",
  scope: "map",
  enabled: () => session.screen === "map" && project.touchpointIds.length > 0,
  run: () => go(walkTarget("destination")),
};
