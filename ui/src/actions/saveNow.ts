/** Writes the file at once. Everything is kept anyway: this is for peace of mind, and for a map without a file. */
import { host } from "../ipc";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";

export const saveNow: Action = {
  id: "saveNow",
  label: "Save",
  group: "File",
  key: "Ctrl+S",
  scope: "window",
  whileTyping: true,
  enabled: () => session.canEdit,
  run: async () => {
    // Where something else stands now, only another name keeps both.
    const elsewhere = session.fileName === null || session.status.state === "replaced";
    if (elsewhere) await attempt(() => host().saveAsDialog());
    else await attempt(() => host().saveNow());
  },
};
