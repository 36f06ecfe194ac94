/** Theme: as the system, kept on this computer. */
import { panes } from "../state/panes.svelte";
import type { Action } from "./action";

export const themeSystem: Action = {
  id: "themeSystem",
  label: "Theme: as the system",
  group: "View",
  key: null,
  scope: "window",
  enabled: () => panes.theme !== "system",
  run: () => panes.chooseTheme("system"),
};
