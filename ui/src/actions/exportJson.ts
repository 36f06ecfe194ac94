/** Writes the open text form of the map to a file. */
import { host } from "../ipc";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";

export const exportJson: Action = {
  id: "exportJson",
  label: "Export as JSON…",
  group: "File",
  key: null,
  scope: "window",
  enabled: () => session.screen === "map",
  run: async () => {
    if (await attempt(() => host().exportJsonDialog())) toasts.show("Exported.");
  },
};
