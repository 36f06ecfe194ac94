/** Copies the selected touchpoints, and the links between them, to the clipboard as text. */
import { host } from "../ipc";
import { announcer } from "../state/announcer.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { attempt, nameOf } from "./edit";
import { copyFrom, fieldInHand, otherFieldInHand } from "./fieldClipboard";
import { fragmentOf } from "./fragment";

export const copy: Action = {
  id: "copy",
  label: "Copy",
  group: "Edit",
  key: "Ctrl+C",
  scope: "selection",
  enabled: () => session.screen === "map" && (selection.touchpoints.size > 0 || fieldInHand() !== null),
  run: async () => {
    const field = fieldInHand();
    if (field) await copyFrom(field);
    if (field || otherFieldInHand()) return;
    const what = nameOf([...selection.touchpoints]);
    if (await copySelection()) announcer.say(`Copied ${what}.`);
  },
};

/** Answers whether it is on the clipboard now. */
export async function copySelection(): Promise<boolean> {
  const text = fragmentOf(selection.touchpoints);
  const written = attempt(async () => {
    await host().writeClipboard(text);
    return true;
  });
  return (await written) ?? false;
}
