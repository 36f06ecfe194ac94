/** Writes the map as it is now without its past: for people who are not to see what was before. */
import { host } from "../ipc";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";

export const saveCopyWithoutHistory: Action = {
  id: "saveCopyWithoutHistory",
  label: "Save a copy without history…",
  group: "File",
  key: null,
  scope: "window",
  enabled: () => session.screen === "map",
  run: async () => {
    if (await attempt(() => host().saveCopyDialog(false)))
      toasts.show("The copy is written without its past. It is a project of its own and cannot be merged back.");
  },
};
