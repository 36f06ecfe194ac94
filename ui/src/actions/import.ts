/** Reads tables and diagrams of other programs and shows what they would change before anything happens. */
import { host, type ImportView } from "../ipc";
import { dialogs } from "../state/dialogs.svelte";
import { receiveProject } from "../state/receive";
import { session } from "../state/session.svelte";
import { counted } from "../state/words";
import type { Action } from "./action";
import { attempt, takeStep } from "./edit";
import { offerUndo } from "./offerUndo";

export const importFrom: Action = {
  id: "import",
  label: "Import…",
  group: "File",
  key: null,
  scope: "window",
  enabled: () => session.screen !== "map" || session.canEdit,
  run: async () => {
    const view = await attempt(() => host().importDialog());
    if (view) offerImport(view);
  },
};

export function offerImport(view: ImportView): void {
  // What cannot be mapped anew cannot be helped here.
  if (view.problem && !view.tables) dialogs.show({ kind: "problem", problem: view.problem });
  else dialogs.show({ kind: "import", view });
}

/** Into the open map, as one step that can be undone. */
export async function takeImport(view: ImportView): Promise<void> {
  const take = () =>
    takeStep(async () => {
      await host().importTake(view.ticket);
      return true;
    });
  const text = `${counted(view.differenceCount, "row")} taken in from ${view.names.join(" and ")}.`;
  const done = await offerUndo(take, text);
  if (done && dialogs.open?.kind === "import") dialogs.close();
}

export async function openImport({ ticket }: ImportView): Promise<void> {
  const view = await attempt(() => host().importAsNew(ticket));
  if (view === null) return;
  if (dialogs.open?.kind === "import") dialogs.close();
  receiveProject(view);
}
