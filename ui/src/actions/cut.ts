/** Copies the selected touchpoints and takes them off the map, as one step. */
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { copySelection } from "./copy";
import { removeRows, selectedRows } from "./delete";
import { cutFrom, fieldInHand, otherFieldInHand } from "./fieldClipboard";

export const cut: Action = {
  id: "cut",
  label: "Cut",
  group: "Edit",
  key: "Ctrl+X",
  scope: "selection",
  enabled: () => session.canEdit && (selection.touchpoints.size > 0 || fieldInHand() !== null),
  run: async () => {
    const field = fieldInHand();
    if (field) return cutFrom(field);
    if (otherFieldInHand()) return;
    // What is selected by the time the clipboard answers may be something else.
    const rows = selectedRows();
    if (await copySelection()) await removeRows(rows, "Cut");
  },
};
