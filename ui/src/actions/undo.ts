/** Takes back the last step. */
import { host } from "../ipc";
import { announcer } from "../state/announcer.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";
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
    if ((await attempt(() => host().undo())) !== null && label) announcer.say(`Undone: ${label}`);
  },
};
