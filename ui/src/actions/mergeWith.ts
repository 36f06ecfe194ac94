/** Takes another copy of this project in, that the planner chooses: the union of both, nothing lost. */
import { host } from "../ipc";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";
import { showMerged } from "./past";

export const mergeWith: Action = {
  id: "mergeWith",
  label: "Merge with…",
  group: "File",
  key: null,
  scope: "window",
  enabled: () => session.canEdit,
  run: async () => {
    const merged = await attempt(() => host().mergeDialog());
    if (merged) await showMerged(merged);
  },
};
