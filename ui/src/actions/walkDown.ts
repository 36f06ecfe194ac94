/** Go down in the column from the selection; from nothing, to the destination. */
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { go, walkTarget } from "./walk";
import { walkLinks } from "./walkLinks";
import { walkSlots } from "./walkSlots";

export const walkDown: Action = {
  id: "walkDown",
  label: "Go down in the column",
  group: "Walk",
  key: "ArrowDown",
  scope: "map",
  enabled: () => session.screen === "map" && project.touchpointIds.length > 0,
  run: () => {
    if (!walkSlots("down") && !walkLinks("down")) go(walkTarget("down"));
  },
};
