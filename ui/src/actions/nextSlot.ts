/** Goes to the next ready slot: those of the selection in turn, then those of the next touchpoint that asks. */
import { announcer } from "../state/announcer.svelte";
import { canvasDoor } from "../state/canvas.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { type Slot, slots } from "../state/slots.svelte";
import type { Action } from "./action";

export const nextSlot: Action = {
  id: "nextSlot",
  label: "Go to the next ready slot",
  group: "Walk",
  key: "S",
  scope: "map",
  enabled: () => session.canEdit && slots.visible,
  run: () => {
    const next = nextAfter(slots.current);
    if (next) goToSlot(next);
  },
};

export function nextAfter(slot: Slot | undefined): Slot | undefined {
  const at = slots.list.findIndex(({ id }) => id === slot?.id);
  return slots.list[(at + 1) % slots.list.length];
}

/** To go to a slot that only asks is to go to its touchpoint, and on to the first usual channel there. */
export function goToSlot(wanted: Slot): void {
  if (wanted.channel === null) selection.select(wanted.anchor);
  const slot = wanted.channel === null ? slots.of(wanted.anchor)[0] : wanted;
  slots.standOn(slot?.id ?? null);
  if (!slot) return;
  canvasDoor.current?.revealArea(slot);
  announcer.say(
    slot.channel ? `${slot.question} ${slot.channel.name}. Enter adds it.` : `${slot.question} Enter lets you choose.`,
  );
}
