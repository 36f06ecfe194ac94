/** Removes the selection with the links that hang on it. No question before, a way back after. */
import type { Edit } from "../ipc";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { counted } from "../state/words";
import type { Action } from "./action";
import { commitEdits, nameOf } from "./edit";
import { offerUndo } from "./offerUndo";

export const deleteSelection: Action = {
  id: "delete",
  label: "Delete",
  group: "Edit",
  key: "Delete",
  otherKeys: ["Backspace"],
  scope: "selection",
  enabled: () => session.canEdit && selection.size > 0,
  run: () => removeRows(selectedRows(), "Delete"),
};

const done = { Delete: "Deleted", Cut: "Cut" } as const;

type Rows = { touchpoints: readonly string[]; links: readonly string[] };

export function selectedRows(): Rows {
  return { touchpoints: [...selection.touchpoints], links: [...selection.links] };
}

/** Those that are gone by now are passed over. */
export async function removeRows(rows: Rows, verb: keyof typeof done): Promise<void> {
  const touchpoints = rows.touchpoints.filter((id) => project.touchpoint(id) !== undefined);
  const links = rows.links.filter((id) => project.link(id) !== undefined);
  if (touchpoints.length + links.length === 0) return;
  const what = touchpoints.length > 0 ? nameOf(touchpoints) : counted(links.length, "link");
  // Links first: those of a touchpoint go with it, and a row that is gone cannot be deleted again.
  const edits = [...links.map((id) => remove("link", id)), ...touchpoints.map((id) => remove("touchpoint", id))];
  const next = neighbour(touchpoints);
  const answer = await offerUndo(() => commitEdits(edits, `${verb} ${what}`), `${done[verb]} ${what}`);
  if (answer !== null && next) selection.select(next);
}

function remove(entity: "link" | "touchpoint", id: string): Edit {
  return { op: "delete", entity, id };
}

/** Where the hand goes on: what the first deleted touchpoint led to, else what led to it. */
function neighbour(deleted: readonly string[]): string | undefined {
  const first = deleted[0];
  if (first === undefined) return undefined;
  const around = [
    ...project.outgoing(first).map((id) => project.link(id)?.to),
    ...project.incoming(first).map((id) => project.link(id)?.from),
  ];
  return around.find((id) => id !== undefined && !deleted.includes(id));
}
