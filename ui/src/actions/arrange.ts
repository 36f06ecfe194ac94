/**
 * Where selected cards go when they are aligned or spaced out. A card stays in its stage's column, so edges to the left
 * and right are shared within a column; on one level, cards that would cover each other stand below each other.
 * Arithmetic on the layout; the moves are one step.
 */
import type { CardPosition } from "../ipc";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { moveTouchpoints, placedByHand } from "./edit";

export type Edge = "left" | "right" | "top" | "bottom" | "across" | "down";

/** What cards that are put below each other keep between them, in map units. */
const gap = 20;

export function canArrange(count: number): boolean {
  return session.canEdit && placedByHand() && selection.touchpoints.size >= count;
}

export async function align(edge: Edge): Promise<void> {
  const cards = selectedCards();
  if (edge === "left" || edge === "right" || edge === "across")
    await put(columns(cards).flatMap((column) => upright(column, edge)));
  else await put(piles(cards).flatMap((pile) => level(pile, levelOf(cards, edge), edge)));
}

/** Evenly between the topmost and the lowest card of each pile. */
export async function distribute(): Promise<void> {
  await put(
    piles(selectedCards()).flatMap((pile) => {
      const [first, last] = [pile[0], pile.at(-1)];
      if (!first || !last || pile.length < 3) return [];
      const step = Math.max((last.y - first.y) / (pile.length - 1), layout.cardHeight + gap / 2);
      return pile.map((card, at) => ({ ...card, y: first.y + at * step }));
    }),
  );
}

function selectedCards(): CardPosition[] {
  return [...selection.touchpoints].flatMap((id) => layout.card(id) ?? []);
}

/** The cards of each stage, from the top. */
function columns(cards: readonly CardPosition[]): CardPosition[][] {
  const groups = new Map<string | null, CardPosition[]>();
  for (const card of cards) {
    const stage = project.touchpoint(card.id)?.stage ?? null;
    const group = groups.get(stage);
    if (group) group.push(card);
    else groups.set(stage, [card]);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a.y - b.y));
}

/** The cards of each stage that stand above each other, from the top; those of a stage may stand side by side. */
function piles(cards: readonly CardPosition[]): CardPosition[][] {
  return columns(cards).flatMap((column) => {
    const found: CardPosition[][] = [];
    let right = Number.NEGATIVE_INFINITY;
    for (const card of [...column].sort((a, b) => a.x - b.x)) {
      if (card.x < right) found.at(-1)?.push(card);
      else found.push([card]);
      right = card.x + layout.cardWidth;
    }
    return found.map((pile) => pile.sort((a, b) => a.y - b.y));
  });
}

/** Cards are all of one width, so each edge is shared when the left ones are. */
function upright(column: readonly CardPosition[], edge: "left" | "right" | "across"): CardPosition[] {
  const edges = column.map(({ x }) => x);
  const [least, most] = [Math.min(...edges), Math.max(...edges)];
  const x = edge === "left" ? least : edge === "right" ? most : (least + most) / 2;
  return column.map((card) => ({ ...card, x }));
}

/** The top that a single card gets. */
function levelOf(cards: readonly CardPosition[], edge: "top" | "bottom" | "down"): number {
  const tops = cards.map(({ y }) => y);
  const [least, most] = [Math.min(...tops), Math.max(...tops)];
  return edge === "top" ? least : edge === "bottom" ? most : (least + most) / 2;
}

function level(pile: readonly CardPosition[], top: number, edge: "top" | "bottom" | "down"): CardPosition[] {
  const step = layout.cardHeight + gap;
  const room = (pile.length - 1) * step;
  const first = edge === "top" ? top : edge === "bottom" ? top - room : top - room / 2;
  return pile.map((card, at) => ({ ...card, y: first + at * step }));
}

/** What stands there already stays unpinned. */
async function put(cards: readonly CardPosition[]): Promise<void> {
  const moved = cards.filter(({ id, x, y }) => {
    const now = layout.card(id);
    return now !== undefined && (Math.abs(now.x - x) > 0.5 || Math.abs(now.y - y) > 0.5);
  });
  const positions = new Map(moved.map(({ id, x, y }) => [id, [Math.round(x), Math.round(y)] as const]));
  await moveTouchpoints([...positions.keys()], { positions });
}
