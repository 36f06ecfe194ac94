/** The truth about the file in words: what the status bar says and what it means. */
import type { SaveStatus } from "../ipc";

/** `tone`: bad where work is not where it should be and nothing is done about it; away where the file is. */
export type SaveTruth = { text: string; explanation: string; tone: "plain" | "away" | "bad" };

export function saveTruth(status: SaveStatus, fileName: string | null): SaveTruth {
  const name = fileName ?? "this map";
  switch (status.state) {
    case "kept":
      return plain("Kept on this computer", "Not in a file of its own yet. Ctrl+S gives it one.");
    case "editing":
      return plain("Editing…", `${name} is written in a moment. The change is kept already.`);
    case "saving":
      return plain("Saving…", `${name} is being written.`);
    case "saved":
      return plain("Saved", `Everything is in ${name}.`);
    case "readOnly":
      return plain("Read only", status.detail ?? "Save as… makes a copy that can be changed.");
    case "missing":
      return away(`Kept on this computer; ${name} is not there. Ctrl+S writes it again.`);
    case "replaced":
      return away(`Kept on this computer; another file stands at ${name}. Ctrl+S saves under another name.`);
    case "unreachable":
      return away(`Kept on this computer; ${name} is out of reach. It is written when it is back.`);
    case "failed":
      return {
        text: "Not saved",
        explanation: `${status.detail ?? `${name} could not be written.`} Your work is kept on this computer.`,
        tone: "bad",
      };
  }
}

function plain(text: string, explanation: string): SaveTruth {
  return { text, explanation, tone: "plain" };
}

function away(explanation: string): SaveTruth {
  return { text: "Offline copy", explanation, tone: "away" };
}
