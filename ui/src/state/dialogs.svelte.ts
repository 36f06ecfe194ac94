/** Which dialog is open: one at a time, none most of the time. */
import type { ExportChoicesView, ImportView, Problem, SampleView } from "../ipc";

export type Dialog =
  | { kind: "palette" }
  | { kind: "find" }
  | { kind: "shortcuts" }
  | { kind: "about" }
  | { kind: "samples"; samples: readonly SampleView[] }
  | { kind: "lookAs" }
  | { kind: "export"; choices: ExportChoicesView }
  | { kind: "import"; view: ImportView }
  | { kind: "newMap"; framework?: string }
  | { kind: "problem"; problem: Omit<Problem, "code"> };

class Dialogs {
  open = $state.raw<Dialog | null>(null);

  show(dialog: Dialog): void {
    this.open = dialog;
  }

  close(): void {
    this.open = null;
  }
}

export const dialogs = new Dialogs();
