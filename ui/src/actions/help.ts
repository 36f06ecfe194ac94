/** Opens the sheet of keys. */
import { dialogs } from "../state/dialogs.svelte";
import type { Action } from "./action";

export const help: Action = {
  id: "help",
  label: "Keyboard shortcuts",
  group: "Help",
  key: "?",
  scope: "window",
  enabled: () => true,
  run: () => dialogs.show({ kind: "shortcuts" }),
};
