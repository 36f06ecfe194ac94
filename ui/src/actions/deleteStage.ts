/** Removes the stage in hand. Its touchpoints stay, without a stage. */
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { commitEdits } from "./edit";
import { offerUndo } from "./offerUndo";
import { stageInHand } from "./stageInHand";

export const deleteStage: Action = {
  id: "deleteStage",
  label: "Delete stage",
  group: "Stages",
  key: null,
  scope: "window",
  enabled: () => session.canEdit && stageInHand() !== null,
  run: async () => {
    const id = stageInHand();
    if (id !== null) await removeStage(id);
  },
};

export async function removeStage(id: string): Promise<void> {
  const name = project.stage(id)?.name ?? "";
  const label = `Delete stage ${name}`;
  await offerUndo(() => commitEdits([{ op: "delete", entity: "stage", id }], label), `Deleted stage ${name}`);
}
