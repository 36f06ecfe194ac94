/** The start of the conversation with the host: listen first, then ask how the window starts. */

import { run } from "../actions";
import { attempt } from "../actions/edit";
import { takenByField } from "../actions/fieldClipboard";
import { offerImport } from "../actions/import";
import { host } from "../ipc";
import { dialogs } from "../state/dialogs.svelte";
import { presentation } from "../state/presentation.svelte";
import {
  receiveChanged,
  receiveCompany,
  receiveConflicts,
  receiveGaps,
  receiveProject,
  receiveStart,
  receiveStatus,
  receiveTakenIn,
} from "../state/receive";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";

/** Answers how to stop listening. */
export function begin(): () => void {
  const stops = [
    host().on("changed", receiveChanged),
    host().on("gaps", receiveGaps),
    host().on("status", receiveStatus),
    host().on("takenIn", receiveTakenIn),
    host().on("conflicts", receiveConflicts),
    host().on("company", receiveCompany),
    host().on("opened", ({ project }) => receiveProject(project)),
    host().on("importOffered", ({ import: view }) => offerImport(view)),
    host().on("menu", ({ action }) => runFromMenu(action)),
    host().on("notice", ({ message }) => void toasts.show(message)),
    host().on("problem", ({ problem }) => dialogs.show({ kind: "problem", problem })),
  ];
  const onDefect = (event: PromiseRejectionEvent | ErrorEvent) =>
    showDefect("reason" in event ? event.reason : event.error);
  window.addEventListener("unhandledrejection", onDefect);
  window.addEventListener("error", onDefect);
  void ask();
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener("unhandledrejection", onDefect);
    window.removeEventListener("error", onDefect);
  };
}

/** What the menu does is to be seen: it ends a presentation. While one types, it may mean the field. */
function runFromMenu(action: string): void {
  presentation.end();
  if (!takenByField(action)) run(action);
}

async function ask(): Promise<void> {
  const view = await attempt(() => host().start());
  if (view === null) {
    session.screen = "start";
    return;
  }
  receiveStart(view);
  if (view.problem) dialogs.show({ kind: "problem", problem: view.problem });
}

/** A defect of the program, not a refusal: said openly, since silence would look like success. */
function showDefect(error: unknown): void {
  if (!(error instanceof Error) && typeof error !== "string") return;
  const problem = {
    message: "The last step did not work as it should.",
    place: error instanceof Error ? error.message : error,
    remedy: "What was done before is kept. Try again; if it happens again, start Backcast anew.",
  };
  dialogs.show({ kind: "problem", problem });
}
