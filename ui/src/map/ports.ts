/**
 * Where links meet the edges of their cards: apart from each other, in the order of where they go, and
 * a link that can run straight does. It deals places on edges; it draws nothing.
 */
import { courseOf, neighbours, passed } from "./routing";
import type { LinkFacts, SceneCard } from "./scene";

/** How far from the middle of its card's edge a link leaves and arrives. */
export type Ports = { leave: number; arrive: number };

type End = { link: string; side: keyof Ports; toward: number };

export const inTheMiddle: Ports = { leave: 0, arrive: 0 };
const mostGap = 11;
/** The rounded corners of a card, and what an arrowhead takes. */
const corner = 10;
/** A link whose other end is off by less than this is meant to run straight. */
const level = 3;

type Cards = { get: (id: string) => SceneCard | undefined };

/** The offsets of all link ends at one card's left and right edge. */
export function portsAt(card: SceneCard, links: Iterable<LinkFacts>, cards: Cards): [string, keyof Ports, number][] {
  const left: End[] = [];
  const right: End[] = [];
  for (const link of links) {
    const from = cards.get(link.from);
    const to = cards.get(link.to);
    if (from === undefined || to === undefined || from === to) continue;
    const side = card.id === link.from ? "leave" : "arrive";
    const course = courseOf(from, to);
    if (course === "within" && neighbours(from, to)) continue;
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

function dealt(ends: End[], card: SceneCard): [string, keyof Ports, number][] {
  ends.sort((a, b) => a.toward - b.toward || (a.link < b.link ? -1 : 1));
  const middle = card.y + card.height / 2;
  const straight = ends.flatMap(({ toward }, place) => (Math.abs(toward - middle) <= level ? [place] : []));
  const last = ends.length - 1;
  const zero = straight.length === 0 ? last / 2 : ((straight[0] as number) + (straight.at(-1) as number)) / 2;
  const gap = Math.min(mostGap, (card.height / 2 - corner) / Math.max(1, zero, last - zero));
  return ends.map(({ link, side }, place) => [link, side, (place - zero) * gap]);
}
