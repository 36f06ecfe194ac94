/** Says which program and which version this is. */
import { dialogs } from "../state/dialogs.svelte";
import type { Action } from "./action";

export const about: Action = {
  id: "about",
  label: "About Backcast",
  group: "Help",
  key: null,
  scope: "window",
  enabled: () => true,
  run: () => dialogs.show({ kind: "about" }),
};
