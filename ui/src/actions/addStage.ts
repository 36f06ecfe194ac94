/** Adds a stage after the one in hand and asks for its name in the outline. */
import { intentions } from "../state/intentions.svelte";
import { panes } from "../state/panes.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { commitEdits, insertEdit } from "./edit";
import { freshId } from "./ids";
import { stageInHand } from "./stageInHand";

export const addStage: Action = {
  id: "addStage",
  label: "Add a stage",
  group: "Stages",
  key: null,
  scope: "window",
  enabled: () => session.canEdit,
  run: async () => {
    const insert = { ...insertEdit("stage", { id: freshId("stage"), name: "New stage" }), after: stageInHand() };
    const done = await commitEdits([insert], "Add stage");
    const id = done?.[0];
    if (id === undefined) return;
    panes.outlineShown = true;
    intentions.renamingStage = id;
  },
};
