/** Settles a conflict by taking one of its sides, also the one that is kept anyway. */
import { type ClaimView, type ConflictView, host } from "../ipc";
import { announcer } from "../state/announcer.svelte";
import { takeStep } from "./edit";

export async function settle(conflict: ConflictView, side: ClaimView): Promise<void> {
  const { entity, id, field, name, what } = conflict;
  const settled = await takeStep(() => host().settleConflict(entity, id, field, side.id));
  if (settled !== null) announcer.say(`Settled: ${what} of ${name}.`);
}
