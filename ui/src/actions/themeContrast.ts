/** Theme: high contrast, over light and dark alike; kept on this computer. Where the system asks for it, it stays on. */
import { panes } from "../state/panes.svelte";
import type { Action } from "./action";

export const themeContrast: Action = {
  id: "themeContrast",
  label: "Theme: high contrast, on or off",
  group: "View",
  key: null,
  scope: "window",
  enabled: () => panes.contrast || !panes.shownContrast,
  run: () => panes.chooseContrast(!panes.contrast),
};
