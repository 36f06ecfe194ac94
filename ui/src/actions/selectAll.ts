/** Selects every touchpoint and link; while text is edited, all of that. */
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { fieldInHand, otherFieldInHand } from "./fieldClipboard";

export const selectAll: Action = {
  id: "selectAll",
  label: "Select all",
  group: "Edit",
  key: "Ctrl+A",
  scope: "selection",
  enabled: () => session.screen === "map" && project.touchpointIds.length > 0,
  run: () => {
    const field = fieldInHand();
    if (field) field.select();
    else if (!otherFieldInHand()) selection.selectMany(project.touchpointIds, project.linkIds);
  },
};
