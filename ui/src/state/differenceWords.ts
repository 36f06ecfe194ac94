/** Differences in words and signs: what the list, the legend and the map say alike. */
import type { ComparisonView, Difference, Entity, Fate, RowDifferenceView } from "../ipc";

export const differenceWords: Record<Difference, string> = {
  added: "added",
  removed: "removed",
  renamed: "renamed",
  restaged: "re-staged",
  retargeted: "retargeted",
  rebudgeted: "re-budgeted",
  rescheduled: "re-scheduled",
  changed: "changed",
  laidOut: "moved on the map",
};

export const entityHeadings: Record<Entity, string> = {
  map: "The map",
  stage: "Stages",
  audience: "Audiences",
  system: "Systems",
  touchpoint: "Touchpoints",
  link: "Links",
  dismissal: "Dismissed gaps",
};

/** The four ways a difference is told on the map. */
export type Tone = "added" | "removed" | "moved" | "changed";

export const toneSigns: Record<Tone, string> = { added: "+", removed: "−", moved: "→", changed: "~" };

export function toneOf(row: RowDifferenceView): Tone {
  if (row.kinds.includes("added")) return "added";
  if (row.kinds.includes("removed")) return "removed";
  return row.kinds.includes("restaged") || row.kinds.includes("retargeted") ? "moved" : "changed";
}

/** The tone of a mark on the map; null: it only stands elsewhere. */
export const fateTones: Record<Fate, Tone | null> = {
  added: "added",
  removed: "removed",
  changed: "changed",
  moved: "moved",
  left: "moved",
  laidOut: null,
};

/** The word on a card: all ways in which it is different. */
export function markWords(view: ComparisonView): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const { entity, id, kinds } of view.rows)
    if (entity === "touchpoint") words.set(id, kinds.map((kind) => differenceWords[kind]).join(", "));
  return words;
}

export function countTones(view: ComparisonView): Record<Tone, number> {
  const counts: Record<Tone, number> = { added: 0, removed: 0, moved: 0, changed: 0 };
  for (const row of view.rows) counts[toneOf(row)] += 1;
  return counts;
}
