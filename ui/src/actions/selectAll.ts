/** Selects every touchpoint and link. */
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const selectAll: Action = {
  id: "selectAll",
  label: "Select all",
  group: "Edit",
  key: "Ctrl+A",
  scope: "selection",
  enabled: () => session.screen === "map" && project.touchpointIds.length > 0,
  run: () => selection.selectMany(project.touchpointIds, project.linkIds),
};
