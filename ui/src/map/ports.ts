/**
 * Where links meet the edges of their cards: apart from each other, in the order of where they go; a
 * link that can run straight does, and a crowd comes in at one place. It deals places on edges; it
 * draws nothing.
 */
import { courseOf, passed } from "./routing";
import type { LinkFacts, SceneCard } from "./scene";

/** How far from the middle of its card's edge a link leaves and arrives. */
export type Ports = { leave: number; arrive: number };

type End = { link: string; side: keyof Ports; toward: number };

export const inTheMiddle: Ports = { leave: 0, arrive: 0 };
const mostGap = 11;
/** Closer than this, arrowheads run into one block, and lines into one band: ends next to each other share one place then. */
const leastGap = { arrowheads: 9, lines: 5 };
/** The rounded corners of a card, and what an arrowhead takes. */
const corner = 10;
/** A link whose other end is off by less than this is meant to run straight. */
const level = 3;

type PortOffset = readonly [link: string, side: keyof Ports, offset: number];
type Cards = { get: (id: string) => SceneCard | undefined };

/** The offsets of all link ends at one card's left and right edge. `straightDown`: it meets neither. */
export function portsAt(
  card: SceneCard,
  links: Iterable<LinkFacts>,
  cards: Cards,
  straightDown: (from: SceneCard, to: SceneCard) => boolean,
): PortOffset[] {
  const left: End[] = [];
  const right: End[] = [];
  for (const link of links) {
    const from = cards.get(link.from);
    const to = cards.get(link.to);
    if (from === undefined || to === undefined || link.from === link.to) continue;
    const side = card.id === link.from ? "leave" : "arrive";
    const course = courseOf(from, to);
    if (course === "within" && straightDown(from, to)) continue;
    const leftward = course === "forward" ? side === "arrive" : course === "back" && side === "leave";
    (leftward ? left : right).push({ link: link.id, side, toward: towards(side, link, from, to) });
  }
  return [left, right].flatMap((ends) => dealt(ends, card));
}

/** The height at which a link is next met, seen from one of its cards. */
function towards(side: keyof Ports, link: LinkFacts, from: SceneCard, to: SceneCard): number {
  const points = passed(link.points, from, to);
  const next = side === "leave" ? points[0] : points.at(-1);
  const other = side === "leave" ? to : from;
  return next === undefined ? other.y + other.height / 2 : next[1];
}

function dealt(ends: End[], card: SceneCard): PortOffset[] {
  ends.sort((a, b) => a.toward - b.toward || (a.link < b.link ? -1 : 1));
  const apart = ends.map((end) => [end]);
  const wide = spread(apart, card);
  const heads = ends.filter(({ side }) => side === "arrive").length > 1;
  const crowded = wide.gap < (heads ? leastGap.arrowheads : leastGap.lines);
  const slots = crowded ? runs(ends) : apart;
  const { zero, gap } = crowded ? spread(slots, card) : wide;
  return slots.flatMap((slot, place) => slot.map(({ link, side }) => [link, side, (place - zero) * gap] as const));
}

/** Ends next to each other that all leave or all arrive. */
function runs(ends: readonly End[]): End[][] {
  const slots: End[][] = [];
  for (const end of ends) {
    const last = slots.at(-1);
    if (last?.[0]?.side === end.side) last.push(end);
    else slots.push([end]);
  }
  return slots;
}

/** Which slot, or place between two, is the middle of the edge, and how far apart slots are. */
function spread(slots: readonly End[][], card: SceneCard): { zero: number; gap: number } {
  const middle = card.y + card.height / 2;
  const isStraight = (slot: End[]) => slot.some(({ toward }) => Math.abs(toward - middle) <= level);
  const straight = slots.flatMap((slot, place) => (isStraight(slot) ? [place] : []));
  const last = slots.length - 1;
  const zero = straight.length === 0 ? last / 2 : ((straight[0] as number) + (straight.at(-1) as number)) / 2;
  return { zero, gap: Math.min(mostGap, (card.height / 2 - corner) / Math.max(1, zero, last - zero)) };
}
