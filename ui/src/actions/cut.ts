/** Copies the selected touchpoints and takes them off the map, as one step. */
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { copySelection } from "./copy";
import { removeSelection } from "./delete";
import { cutFrom, fieldInHand } from "./fieldClipboard";

export const cut: Action = {
  id: "cut",
  label: "Cut",
  group: "Edit",
  key: "Ctrl+X",
  scope: "selection",
  enabled: () => session.canEdit && (selection.touchpoints.size > 0 || fieldInHand() !== null),
  run: async () => {
    const field = fieldInHand();
    if (field) await cutFrom(field);
    else if (await copySelection()) await removeSelection("Cut");
  },
};
