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
    bySubjects(one, other);
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

/** Subject by subject, as a list that ends earlier comes first: "a" with others stands before "a b". */
function bySubjects(one: GapView, other: GapView): number {
  if (one.key === other.key) return 0;
  const [subjects, others] = [subjectsOf(one), subjectsOf(other)];
  for (const [at, subject] of subjects.entries()) {
    const against = others[at];
    if (against === undefined) return 1;
    const found = byText(subject, against);
    if (found !== 0) return found;
  }
  return subjects.length - others.length;
}

/** What a key names behind its rule. */
function subjectsOf({ key, rule }: GapView): string[] {
  return key.slice(rule.length + 1).split(",");
}

/** By characters and not by halves of them, which is how JavaScript compares and nobody else does. */
function byText(one: string, other: string): number {
  if (one === other) return 0;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  // Where only second halves are different, the first halves are the same, and either half tells the order.
  return (one.codePointAt(at) ?? -1) - (other.codePointAt(at) ?? -1);
}
