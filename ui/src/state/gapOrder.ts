/** The order in which the program tells gaps, and how a few more find their places in a list that has it. No state. */
import type { GapView, Severity } from "../ipc";

export type Order = (one: GapView, other: GapView) => number;

export const rank: Record<Severity, number> = { high: 0, medium: 1, low: 2 };

/** By severity, place of the first stage (none last), rule, subjects. */
export function toldIn(stages: readonly (string | null)[]): Order {
  const places = new Map(stages.map((stage, place) => [stage, place]));
  const first = ({ stages: [stage] }: GapView) =>
    (stage === undefined ? undefined : places.get(stage)) ?? stages.length;
  return (one, other) =>
    rank[one.severity] - rank[other.severity] ||
    first(one) - first(other) ||
    byText(one.rule, other.rule) ||
    byText(one.key, other.key);
}

/** A list in order with others at their places; an edit brings few gaps, and only these are compared. */
export function withOthers(list: readonly GapView[], others: readonly GapView[], order: Order): GapView[] {
  const all: GapView[] = [];
  let from = 0;
  for (const gap of [...others].sort(order)) {
    const to = placeOf(list, gap, order, from);
    for (; from < to; from += 1) all.push(list[from] as GapView);
    all.push(gap);
  }
  for (; from < list.length; from += 1) all.push(list[from] as GapView);
  return all;
}

function placeOf(list: readonly GapView[], gap: GapView, order: Order, from: number): number {
  let [low, high] = [from, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(list[middle] as GapView, gap) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
