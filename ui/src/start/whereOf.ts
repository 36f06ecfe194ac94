/** Where a project is: its file, this computer alone, or this computer because its file is not where it was. */
import type { RecentFile } from "../ipc";
import { counted } from "../state/words";

export function whereOf({ fileName, folder, unsaved, unreadable }: RecentFile): string {
  // Whether it was ever in a file is among what cannot be read.
  if (unreadable) return "Damaged; opening it says where it is kept";
  if (fileName === null) return "Kept on this computer, not in a file yet";
  if (unsaved === null) return [folder, fileName].filter(Boolean).join(" · ");
  return `${fileName} is not there any more; ${counted(unsaved, "change")} kept on this computer`;
}
