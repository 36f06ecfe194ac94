/** Keeps the project in another file and goes on there. */
import { host } from "../ipc";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";

export const saveAs: Action = {
  id: "saveAs",
  label: "Save as…",
  group: "File",
  key: "Ctrl+Shift+S",
  scope: "window",
  whileTyping: true,
  enabled: () => session.screen === "map",
  run: async () => {
    await attempt(() => host().saveAsDialog());
  },
};
