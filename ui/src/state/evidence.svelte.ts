/**
 * Which gap's evidence is lit on the map: the one under the hand, else the one that has been walked to.
 * It derives ids to light and to dim from the gap; drawing them is the canvas's part.
 */
import type { GapView } from "../ipc";
import { gaps } from "./gaps.svelte";

export type Lit = { touchpoints: ReadonlySet<string>; links: ReadonlySet<string>; stages: ReadonlySet<string> };

class Evidence {
  hovered = $state.raw<string | null>(null);
  focused = $state.raw<string | null>(null);
  /** The gap whose "Why?" is unfolded; one at a time. */
  explained = $state.raw<string | null>(null);

  readonly gap: GapView | undefined = $derived(gaps.byKey(this.hovered) ?? gaps.byKey(this.focused));
  /** Null: nothing is lit, the map looks as always. */
  readonly lit: Lit | null = $derived(this.gap ? lightOf(this.gap) : null);
}

/** Everything that a gap stands on and its evidence runs through. */
export function lightOf(gap: GapView): Lit {
  const touchpoints = new Set(gap.touchpoints);
  const links = new Set(gap.links);
  const { evidence } = gap;
  if (evidence.kind === "path") {
    for (const id of evidence.touchpoints) touchpoints.add(id);
    for (const id of evidence.links) links.add(id);
  } else if (evidence.kind === "cut") {
    for (const id of evidence.entries) touchpoints.add(id);
  }
  return { touchpoints, links, stages: new Set(gap.stages) };
}

export const evidence = new Evidence();
