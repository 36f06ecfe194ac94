/** Opens the export dialog. */
import { host } from "../ipc";
import { dialogs } from "../state/dialogs.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";

export const exportAs: Action = {
  id: "export",
  label: "Export…",
  group: "File",
  key: "Ctrl+Shift+E",
  scope: "window",
  enabled: () => session.screen === "map",
  run: async () => {
    const choices = await attempt(() => host().exportChoices());
    if (choices) dialogs.show({ kind: "export", choices });
  },
};
