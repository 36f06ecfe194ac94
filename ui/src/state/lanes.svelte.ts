/** The lanes that the map is divided into, in words, with how many touchpoints stand in each. Derived only. */
import type { LaneView } from "../ipc";
import { frame, type LanesBy } from "./frame.svelte";
import { layout } from "./layout.svelte";
import { project } from "./project.svelte";
import { mediaWords, ownershipWords } from "./words";

export type NamedLane = LaneView & { words: string; touchpoints: number };

export const lanesByWords: Record<LanesBy, string> = {
  channelGroup: "Channel group",
  audience: "Audience",
  ownership: "Ownership",
  media: "Media",
};

class Lanes {
  readonly list: readonly NamedLane[] = $derived.by(() => {
    const by = frame.lanes;
    if (by === null || layout.lanes.length === 0) return [];
    const counts = countByLane();
    return layout.lanes.map((lane, at) => ({ ...lane, words: nameOf(by, lane.name), touchpoints: counts[at] ?? 0 }));
  });
}

function countByLane(): number[] {
  const counts = layout.lanes.map(() => 0);
  for (const { y } of layout.cards.values()) {
    const at = layout.lanes.findIndex((lane) => y < lane.y + lane.height);
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

function nameOf(by: LanesBy, name: string | null): string {
  if (name === null) return `No ${lanesByWords[by].toLowerCase()}`;
  if (by === "audience") return project.audience(name)?.name ?? name;
  if (by === "ownership") return (ownershipWords as Record<string, string>)[name] ?? name;
  if (by === "media") return (mediaWords as Record<string, string>)[name] ?? name;
  return name;
}

export const lanes = new Lanes();
