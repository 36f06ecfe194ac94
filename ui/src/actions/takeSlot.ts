/** Fills the ready slot that the keyboard stands on. What it leads to stays selected, so that the next one is at hand. */
import { canvasDoor } from "../state/canvas.svelte";
import { intentions } from "../state/intentions.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { type Slot, slots } from "../state/slots.svelte";
import type { Action } from "./action";
import { goToSlot, nextAfter } from "./nextSlot";
import { addTouchpoint } from "./pick";

export const takeSlot: Action = {
  id: "takeSlot",
  label: "Fill the ready slot",
  group: "Add",
  key: "Enter",
  scope: "map",
  enabled: () => session.canEdit && slots.current !== undefined,
  run: async () => {
    const slot = slots.current;
    if (!slot) return;
    if (!(await fillSlot(slot))) return;
    const rest = slots.of(slot.anchor)[0] ?? nextAfter(slot);
    if (rest) goToSlot(rest);
  },
};

/** A slot is being filled: until the map has answered it still seems ready, and a second press would fill it twice. */
let filling = false;

/**
 * A slot without a channel leads to what it asks about, whose usual channels are then ready; where none is usual, the
 * picker asks. Answers false when nothing is filled now: another slot is, or a person chooses.
 */
export async function fillSlot({ anchor, channel, ...place }: Slot): Promise<boolean> {
  if (filling) return false;
  const request = { anchor, direction: "upstream", mode: "add", at: null } as const;
  if (channel === null && selection.touchpoint === anchor) {
    intentions.picker = request;
    return false;
  }
  filling = true;
  try {
    if (channel !== null) await addTouchpoint(request, channel.name, channel, place);
    selection.select(anchor);
    canvasDoor.current?.reveal([anchor]);
    return true;
  } finally {
    filling = false;
  }
}
