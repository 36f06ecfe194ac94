/** Does again what was taken back. */
import { host } from "../ipc";
import { announcer } from "../state/announcer.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";

export const redo: Action = {
  id: "redo",
  label: "Redo",
  group: "Edit",
  key: "Ctrl+Shift+Z",
  otherKeys: ["Ctrl+Y"],
  scope: "window",
  enabled: () => session.canEdit && session.history.redo !== null,
  run: async () => {
    const label = session.history.redo;
    if ((await attempt(() => host().redo())) !== null && label) announcer.say(`Redone: ${label}`);
  },
};
