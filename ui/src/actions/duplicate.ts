/** Copies the selected touchpoints, with the links between them, beside the old ones. */
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
    const ids = [...selection.touchpoints];
    const copies = new Map(ids.map((id) => [id, freshId(`${project.touchpoint(id)?.name} copy`)]));
    const edits = [...ids.flatMap((id) => copyOf(id, copies)), ...innerLinks(copies)];
    if (await commitEdits(edits, `Duplicate ${nameOf(ids)}`)) selection.selectMany(copies.values());
  },
};

type Copies = ReadonlyMap<string, string>;

function copyOf(old: string, copies: Copies): Edit[] {
  const touchpoint = project.touchpoint(old);
  const id = copies.get(old);
  if (!touchpoint || id === undefined) return [];
  const name = `${touchpoint.name} copy`;
  return [{ ...insertEdit("touchpoint", { ...touchpoint, id, name, position: null }), after: old }];
}

function innerLinks(copies: Copies): Edit[] {
  return [...project.links.values()].flatMap((link): Edit[] => {
    const [from, to] = [copies.get(link.from), copies.get(link.to)];
    if (from === undefined || to === undefined) return [];
    return [insertEdit("link", { ...link, id: freshId(`${link.from}-${link.to}`), from, to })];
  });
}
