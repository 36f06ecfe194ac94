/**
 * First leaves a ready slot, then puts out the evidence of a gap, then lets go of
 * the selection, then ends looking at one stage only; after that, Tab moves on.
 */
import { evidence } from "../state/evidence.svelte";
import { selection } from "../state/selection.svelte";
import { slots } from "../state/slots.svelte";
import { stageFilter } from "../state/stageFilter.svelte";
import type { Action } from "./action";

export const deselect: Action = {
  id: "deselect",
  label: "Deselect",
  group: "Edit",
  key: "Escape",
  scope: "selection",
  enabled: () => selection.size > 0 || evidence.focused !== null || stageFilter.stage !== null,
  run: () => {
    if (slots.current) return slots.standOn(null);
    evidence.pointed = null;
    if (evidence.focused === null && selection.size === 0) return stageFilter.end();
    if (evidence.focused === null) selection.clear();
    evidence.focused = null;
    evidence.hovered = null;
  },
};
