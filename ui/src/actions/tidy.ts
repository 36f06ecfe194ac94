/** Lets go of the places that the selected cards were given, so that the layout places them again. */
import type { Edit } from "../ipc";
import { layout } from "../state/layout.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { commitEdits, nameOf, setEdit } from "./edit";

export const tidy: Action = {
  id: "tidy",
  label: "Tidy the selection",
  group: "Arrange",
  key: "Alt+T",
  scope: "map",
  enabled: () => session.canEdit && pinnedOf(selection.touchpoints).length > 0,
  run: async () => {
    const ids = pinnedOf(selection.touchpoints);
    await commitEdits(unpinned(ids), `Tidy ${nameOf(ids)}`);
  },
};

export function pinnedOf(ids: Iterable<string>): string[] {
  return [...ids].filter((id) => layout.card(id)?.pinned);
}

export function unpinned(ids: readonly string[]): Edit[] {
  return ids.map((id) => setEdit("touchpoint", id, "position", null));
}
