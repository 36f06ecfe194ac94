/** Does again what was taken back. */
import { host } from "../ipc";
import { announcer } from "../state/announcer.svelte";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";
import type { Action } from "./action";
import { takeStep } from "./edit";

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
    const rows = await takeStep(() => host().redo());
    if (rows === null || !label) return;
    if (rows > 0) announcer.say(`Redone: ${label}`);
    else toasts.show(`Nothing was left to redo of “${label}”: others have written there since.`);
  },
};
