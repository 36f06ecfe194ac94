/** Asks what is to be added to the stage in hand, linked to nothing yet: what a map is gathered from before it is drawn. */
import type { Point } from "../state/canvas.svelte";
import { intentions } from "../state/intentions.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { stageInHand } from "./stageInHand";

export const addUnlinked: Action = {
  id: "addUnlinked",
  label: "Add a touchpoint…",
  group: "Add",
  key: "A",
  scope: "window",
  enabled: () => session.canEdit,
  run: () => askForTouchpoint(stageInHand(), null),
};

/** `at`: where the picker opens, in CSS pixels of the window; null: in its middle. */
export function askForTouchpoint(stage: string | null, at: Point | null): void {
  intentions.picker = { anchor: null, direction: "upstream", mode: "add", at, stage };
}
