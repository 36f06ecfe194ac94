/** Theme: dark, kept on this computer. */
import { panes } from "../state/panes.svelte";
import type { Action } from "./action";

export const themeDark: Action = {
  id: "themeDark",
  label: "Theme: dark",
  group: "View",
  key: null,
  scope: "window",
  enabled: () => panes.theme !== "dark",
  run: () => panes.chooseTheme("dark"),
};
