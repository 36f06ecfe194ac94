/** Writes a copy with all its history, and goes on in the file that is open. */
import { host } from "../ipc";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";

export const saveCopy: Action = {
  id: "saveCopy",
  label: "Save a copy…",
  group: "File",
  key: null,
  scope: "window",
  enabled: () => session.screen === "map",
  run: async () => {
    if (await attempt(() => host().saveCopyDialog(true)))
      toasts.show("The copy is written. You are still in this map.");
  },
};
