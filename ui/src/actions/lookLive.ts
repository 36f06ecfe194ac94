/** Reads only what is live of the map, without changing it: as it meets people today. */
import { project } from "../state/project.svelte";
import { reading } from "../state/reading.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { readLive } from "./lookAs";

export const lookLive: Action = {
  id: "lookLive",
  label: "Only what is live",
  group: "View",
  key: null,
  scope: "window",
  // A state of the past and a comparison are shown whole.
  enabled: () =>
    session.screen === "map" && (reading.active ? reading.view !== null : project.touchpointIds.length > 0),
  run: () => readLive(!reading.live),
};
