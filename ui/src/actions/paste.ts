/**
 * Pastes touchpoints that were copied here, in another window, or come as text: under fresh ids, into the stage that
 * stands in hand or the one they had. What is no part of a map is told, and changes nothing.
 */
import { host, type ImportView, ProblemError } from "../ipc";
import { canvasDoor } from "../state/canvas.svelte";
import { intentions } from "../state/intentions.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";
import { counted } from "../state/words";
import type { Action } from "./action";
import { attempt, commitEdits } from "./edit";
import { fieldInHand, otherFieldInHand, pasteInto } from "./fieldClipboard";
import { type Fragment, NotAFragment, readFragment } from "./fragment";
import { offerImport } from "./import";
import { unusedNames } from "./pick";
import { transplant } from "./transplant";

export const paste: Action = {
  id: "paste",
  label: "Paste",
  group: "Edit",
  key: "Ctrl+V",
  scope: "window",
  enabled: () => session.canEdit,
  run: async () => {
    const field = fieldInHand();
    if (field) return pasteInto(field);
    if (otherFieldInHand()) return;
    const text = await attempt(() => host().readClipboard());
    const fragment = text === null ? null : await read(text);
    if (fragment) await plant(fragment);
  },
};

async function read(text: string): Promise<Fragment | null> {
  try {
    return readFragment(text);
  } catch (error) {
    if (!(error instanceof NotAFragment)) throw error;
    const foreign = await readForeign(text);
    if (foreign) offerImport(foreign);
    else toasts.show(error.message);
    return null;
  }
}

/** A table or a diagram of another program is looked at before anything happens; null: it is neither. */
async function readForeign(text: string): Promise<ImportView | null> {
  if (text.trim() === "") return null;
  try {
    const view = await host().importText(text);
    const isEmpty = view.problem === null && view.touchpoints + view.links === 0;
    return isEmpty || (view.problem !== null && !hasColumns(text)) ? null : view;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return null;
  }
}

/** Words that are no table are not worth the question which of their columns is which. */
function hasColumns(text: string): boolean {
  return text.trim().split("\n").length > 1 && /[\t,;|]/.test(text.trim().split("\n")[0] ?? "");
}

async function plant(fragment: Fragment): Promise<void> {
  const stage = selection.size === 0 ? (project.stage(intentions.stage ?? "")?.id ?? null) : null;
  const { edits, touchpoints } = transplant(fragment, stage, unusedNames());
  const done = await commitEdits(edits, `Paste ${counted(touchpoints.length, "touchpoint")}`);
  if (done === null) return;
  selection.selectMany(touchpoints);
  canvasDoor.current?.reveal(touchpoints);
}
