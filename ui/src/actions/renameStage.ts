/** Types a new name for the stage in hand, in the outline. */
import { intentions } from "../state/intentions.svelte";
import { panes } from "../state/panes.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { stageInHand } from "./stageInHand";

export const renameStage: Action = {
  id: "renameStage",
  label: "Rename stage",
  group: "Stages",
  key: null,
  scope: "window",
  enabled: () => session.canEdit && stageInHand() !== null,
  run: () => {
    panes.outlineShown = true;
    intentions.renamingStage = stageInHand();
  },
};
