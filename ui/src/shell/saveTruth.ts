/** The truth about the file in words: what the status bar says and what it means. */
import type { SaveStatus } from "../ipc";

export type SaveTruth = { text: string; explanation: string; bad: boolean };

export function saveTruth(status: SaveStatus, fileName: string | null): SaveTruth {
  const name = fileName ?? "this map";
  switch (status.state) {
    case "kept":
      return {
        text: "Kept on this computer",
        explanation: "Not in a file of its own yet. Ctrl+S gives it one.",
        bad: false,
      };
    case "editing":
      return {
        text: "Editing…",
        explanation: `${name} is written in a moment. The change is kept already.`,
        bad: false,
      };
    case "saving":
      return { text: "Saving…", explanation: `${name} is being written.`, bad: false };
    case "saved":
      return { text: "Saved", explanation: `Everything is in ${name}.`, bad: false };
    case "readOnly":
      return {
        text: "Read only",
        explanation: status.detail ?? "Save as… makes a copy that can be changed.",
        bad: false,
      };
    case "failed":
      return {
        text: "Not saved",
        explanation: `${status.detail ?? `${name} could not be written.`} Your work is kept on this computer.`,
        bad: true,
      };
  }
}
