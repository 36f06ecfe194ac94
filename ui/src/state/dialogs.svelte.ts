/** Which dialog is open: one at a time, none most of the time. */
import type { Problem } from "../ipc";

export type Dialog =
  | { kind: "palette" }
  | { kind: "find" }
  | { kind: "shortcuts" }
  | { kind: "about" }
  | { kind: "lookAs" }
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
