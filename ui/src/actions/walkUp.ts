/** Go up in the column from the selection; from nothing, to the destination. */
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { go, walkTarget } from "./walk";
import { walkLinks } from "./walkLinks";
import { walkSlots } from "./walkSlots";

export const walkUp: Action = {
  id: "walkUp",
  label: "Go up in the column",
  group: "Walk",
  key: "ArrowUp",
  scope: "map",
  enabled: () => session.screen === "map" && project.touchpointIds.length > 0,
  run: () => {
    if (!walkSlots("up") && !walkLinks("up")) go(walkTarget("up"));
  },
};
