/** Copies the selected touchpoints, with the links between them, beside the old ones; named as pasted ones are. */
import type { Edit } from "../ipc";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { commitEdits, insertEdit, nameOf } from "./edit";
import { freshId } from "./ids";
import { unusedNames } from "./pick";

export const duplicate: Action = {
  id: "duplicate",
  label: "Duplicate",
  group: "Edit",
  key: "Ctrl+D",
  scope: "selection",
  enabled: () => session.canEdit && selection.touchpoints.size > 0,
  run: async () => {
    const ids = [...selection.touchpoints];
    const copies = new Map(ids.map((id) => [id, freshId(`${project.touchpoint(id)?.name}`)]));
    const edits = [...copiesOf(copies), ...innerLinks(copies)];
    if (await commitEdits(edits, `Duplicate ${nameOf(ids)}`)) selection.selectMany(copies.values());
  },
};

type Copies = ReadonlyMap<string, string>;

function copiesOf(copies: Copies): Edit[] {
  const naming = unusedNames();
  return [...copies].flatMap(([old, id]): Edit[] => {
    const touchpoint = project.touchpoint(old);
    if (!touchpoint) return [];
    const name = naming(touchpoint.name);
    return [{ ...insertEdit("touchpoint", { ...touchpoint, id, name, position: null }), after: old }];
  });
}

function innerLinks(copies: Copies): Edit[] {
  return [...project.links.values()].flatMap((link): Edit[] => {
    const [from, to] = [copies.get(link.from), copies.get(link.to)];
    if (from === undefined || to === undefined) return [];
    return [insertEdit("link", { ...link, id: freshId(`${link.from}-${link.to}`), from, to })];
  });
}
