/**
 * Which gap's evidence is lit on the map: the one under the hand, else the one that has been walked to.
 * It derives ids to light and to dim from the gap; drawing them is the canvas's part.
 */
import type { GapView } from "../ipc";
import { gapDetails } from "./gapDetails.svelte";
import { gaps } from "./gaps.svelte";
import { project } from "./project.svelte";

export type Lit = { touchpoints: ReadonlySet<string>; links: ReadonlySet<string>; stages: ReadonlySet<string> };

class Evidence {
  hovered = $state.raw<string | null>(null);
  focused = $state.raw<string | null>(null);
  /** What is under the hand in another list: a conflict, a difference. */
  pointed = $state.raw<Lit | null>(null);
  #pointer: object | null = null;
  /** The gap whose "Why?" is unfolded; one at a time. */
  explained = $state.raw<string | null>(null);

  readonly gap: GapView | undefined = $derived(gaps.byKey(this.hovered) ?? gaps.byKey(this.focused));
  /** Null: nothing is lit, the map looks as always. */
  readonly lit: Lit | null = $derived(
    this.pointed ??
      (this.gap ? lightOf(this.gap, gapDetails.of(this.gap.key)?.affects ?? [], project.links.values()) : null),
  );

  /** Lights what `pointer`, a row of a list, stands for. */
  point(pointer: object, light: Lit): void {
    this.#pointer = pointer;
    this.pointed = light;
  }

  /** Puts out what `pointer` lit; another row's light stays. Called also when the row goes from under the hand. */
  leave(pointer: object): void {
    if (this.#pointer !== pointer) return;
    this.#pointer = null;
    this.pointed = null;
  }
}

type Way = { id: string; from: string; to: string };

/** Everything that a gap stands on, its evidence runs through and suffers from it. */
export function lightOf(gap: GapView, affects: readonly string[], ways: Iterable<Way>): Lit {
  const touchpoints = new Set([...gap.touchpoints, ...affects]);
  const links = new Set(gap.links);
  const { evidence } = gap;
  if (evidence.kind === "path" || evidence.kind === "figure") {
    for (const id of evidence.touchpoints) touchpoints.add(id);
    for (const id of evidence.links) links.add(id);
  } else if (evidence.kind === "cut") {
    for (const id of evidence.entries) touchpoints.add(id);
    for (const { id, from, to } of hanging(gap.touchpoints, evidence.entries, [...ways])) {
      links.add(id);
      touchpoints.add(from).add(to);
    }
  }
  return { touchpoints, links, stages: new Set(gap.stages) };
}

/** The links on ways from entries to what everything hangs on. */
function hanging(on: readonly string[], entries: readonly string[], ways: readonly Way[]): Way[] {
  const ahead = reached(entries, ways, (way) => [way.from, way.to], new Set(on));
  const behind = reached(on, ways, (way) => [way.to, way.from]);
  return ways.filter(({ from, to }) => ahead.has(from) && behind.has(to) && !on.includes(from));
}

/** What is reached from somewhere, stopping at `ends`. */
function reached(
  from: readonly string[],
  ways: readonly Way[],
  step: (way: Way) => [string, string],
  ends: ReadonlySet<string> = new Set(),
): Set<string> {
  const next = new Map<string, string[]>();
  for (const way of ways) {
    const [here, there] = step(way);
    const list = next.get(here);
    if (list) list.push(there);
    else next.set(here, [there]);
  }
  const seen = new Set(from);
  for (const id of seen) {
    if (ends.has(id)) continue;
    for (const there of next.get(id) ?? []) seen.add(there);
  }
  return seen;
}

export const evidence = new Evidence();
