/** Opens the command palette. */
import { dialogs } from "../state/dialogs.svelte";
import type { Action } from "./action";

export const palette: Action = {
  id: "palette",
  label: "Show all commands…",
  group: "Help",
  key: "Ctrl+K",
  otherKeys: ["Ctrl+Shift+P"],
  scope: "window",
  whileTyping: true,
  enabled: () => true,
  run: () => dialogs.show({ kind: "palette" }),
};
