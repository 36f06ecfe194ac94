/** Shows what is different from a file that the planner chooses. */
import { host } from "../ipc";
import { reading } from "../state/reading.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";
import { chosenFile, showComparison } from "./past";

export const compareFile: Action = {
  id: "compareFile",
  label: "Compare with a file…",
  group: "View",
  key: null,
  scope: "window",
  enabled: () => session.screen === "map",
  run: async () => {
    const isLast = reading.takeTurn();
    const view = await attempt(() => host().compareDialog());
    if (view && isLast()) showComparison(view, chosenFile(view.file));
  },
};
