/** Types a new name over the card. */
import { canvasDoor } from "../state/canvas.svelte";
import { intentions } from "../state/intentions.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { setField } from "./edit";

export const rename: Action = {
  id: "rename",
  label: "Rename",
  group: "Edit",
  key: "F2",
  scope: "selection",
  enabled: () => session.canEdit && selection.touchpoint !== null,
  run: () => beginRenaming(selection.touchpoint),
};

/** A name is typed over its card, so the card comes into view first. */
export function beginRenaming(id: string | null): void {
  if (id === null || !session.canEdit) return;
  canvasDoor.current?.reveal([id]);
  intentions.renaming = id;
}

/** Takes the typed name. An empty or unchanged one changes nothing. */
export async function renameTouchpoint(id: string, name: string): Promise<void> {
  intentions.renaming = null;
  const text = name.trim();
  const before = project.touchpoint(id)?.name;
  if (text === "" || before === undefined || text === before) return;
  await setField("touchpoint", id, "name", text, `Rename ${before}`);
}
