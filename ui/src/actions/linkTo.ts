/** Links the selection to a touchpoint that is there already. */
import { intentions } from "../state/intentions.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const linkTo: Action = {
  id: "linkTo",
  label: "Link to…",
  group: "Add",
  key: "L",
  scope: "selection",
  enabled: () => session.canEdit && selection.touchpoint !== null && project.touchpointIds.length > 1,
  run: () => {
    intentions.picker = { anchor: selection.touchpoint, direction: "downstream", mode: "link", at: null };
  },
};
