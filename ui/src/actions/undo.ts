/** Takes back the last step. */
import { host } from "../ipc";
import { announcer } from "../state/announcer.svelte";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";
import type { Action } from "./action";
import { takeStep } from "./edit";
import { isNudging, settleNudge } from "./nudge";

export const undo: Action = {
  id: "undo",
  label: "Undo",
  group: "Edit",
  key: "Ctrl+Z",
  scope: "window",
  enabled: () => session.canEdit && (session.history.undo !== null || isNudging()),
  run: async () => {
    await settleNudge();
    const label = session.history.undo;
    const rows = await takeStep(() => host().undo());
    if (rows === null || !label) return;
    if (rows > 0) announcer.say(`Undone: ${label}`);
    else toasts.show(`Nothing was left to undo of “${label}”: others have written there since.`);
  },
};
