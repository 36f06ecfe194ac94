/** Theme: light, kept on this computer. */
import { panes } from "../state/panes.svelte";
import type { Action } from "./action";

export const themeLight: Action = {
  id: "themeLight",
  label: "Theme: light",
  group: "View",
  key: null,
  scope: "window",
  enabled: () => panes.theme !== "light",
  run: () => panes.chooseTheme("light"),
};
