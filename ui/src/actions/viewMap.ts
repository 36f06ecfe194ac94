/** Shows the map in the centre, and gives it the keyboard. */
import { tick } from "svelte";
import { canvasDoor } from "../state/canvas.svelte";
import { panes } from "../state/panes.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const viewMap: Action = {
  id: "viewMap",
  label: "Show the map",
  group: "View",
  key: "Ctrl+1",
  scope: "window",
  whileTyping: true,
  enabled: () => session.screen === "map",
  run: async () => {
    panes.view = "map";
    // Behind another view the map is out of the keyboard's reach until that is gone.
    await tick();
    canvasDoor.current?.focus();
  },
};
