/** Copies the selected touchpoints, without their links, beside the old ones. */
import type { Edit } from "../ipc";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { commitEdits, insertEdit, nameOf } from "./edit";
import { freshId } from "./ids";

export const duplicate: Action = {
  id: "duplicate",
  label: "Duplicate",
  group: "Edit",
  key: "Ctrl+D",
  scope: "selection",
  enabled: () => session.canEdit && selection.touchpoints.size > 0,
  run: async () => {
    const copies = [...selection.touchpoints].flatMap(copyOf);
    const label = `Duplicate ${nameOf([...selection.touchpoints])}`;
    const done = await commitEdits(copies, label);
    if (done) selection.selectMany(done);
  },
};

function copyOf(id: string): Edit[] {
  const touchpoint = project.touchpoint(id);
  if (!touchpoint) return [];
  const name = `${touchpoint.name} copy`;
  return [{ ...insertEdit("touchpoint", { ...touchpoint, id: freshId(name), name, position: null }), after: id }];
}
