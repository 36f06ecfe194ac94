/** The gap that a key acts on: the one that is lit, else the worst of what is selected. */
import type { GapView } from "../ipc";
import { evidence } from "../state/evidence.svelte";
import { gaps } from "../state/gaps.svelte";
import { selection } from "../state/selection.svelte";

export function gapInHand(): GapView | undefined {
  const lit = gaps.byKey(evidence.focused);
  if (lit && lit.dismissed === null) return lit;
  if (selection.link !== null) return gaps.byLink(selection.link)[0];
  return selection.touchpoint === null ? undefined : gaps.byTouchpoint(selection.touchpoint)[0];
}
