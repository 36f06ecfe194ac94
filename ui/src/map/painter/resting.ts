/**
 * Paints a part of the map at rest: columns, links, cards, badges, in this order. Selection, hover,
 * evidence and what a hand holds are painted over it, frame by frame, and are not here.
 */
import { linkTouches } from "../geometry";
import { type Box, grow, type SceneCard, type SceneLink } from "../scene";
import { cardBleed, type World } from "../world";
import { paintBadge } from "./badges";
import type { Brush } from "./brush";
import { paintCard } from "./cards";
import { paintColumns } from "./columns";
import { paintDots, paintSmallCard } from "./farCards";
import { paintFolded, paintLanes } from "./lanes";
import { labelsRest, paintLabels, paintLinks, plainLook, restingLabel } from "./links";

/** Room around an area in which an arrowhead or a doubled edge may reach into it. */
const linkBleed = 16;

/** From afar so many links are painted before others may want the frame. Nearer, arrowheads lie over all links. */
const atOnce = 128;

/** In steps, between which it may rest as long as nothing of the map changes. */
export function* restingSteps(brush: Brush, world: World, box: Box, hidden: ReadonlySet<string>): Generator<void> {
  world.ready(grow(box, linkBleed));
  paintColumns(brush, world.scene.columns, box);
  paintLanes(brush, world.scene.lanes, box);
  const links = linksIn(world, grow(box, linkBleed), hidden);
  const look = plainLook(brush.theme, world.linkCount);
  const count = brush.detail === "dot" ? atOnce : Math.max(1, links.length);
  for (let from = 0; from < links.length; from += count) {
    paintLinks(brush, links.slice(from, from + count), look, box);
    yield;
  }
  if (labelsRest(brush, world.linkCount)) {
    const labels = world.labels.within(box).filter(({ link }) => hidden.size === 0 || shown(world, link, hidden));
    paintLabels(brush, labels, { colour: brush.theme.linkLabel, font: restingLabel(brush) });
  }
  paintCards(brush, cardsIn(world, grow(box, cardBleed), hidden));
}

export function paintCards(brush: Brush, cards: readonly SceneCard[]): void {
  const open = cards.some((card) => card.folded) ? cards.filter((card) => !card.folded) : cards;
  if (brush.detail === "dot") paintDots(brush, open);
  else for (const card of open) brush.detail === "full" ? paintCard(brush, card) : paintSmallCard(brush, card);
  if (open !== cards) for (const card of cards) if (card.folded) paintFolded(brush, card);
  for (const card of cards) paintBadge(brush, card);
}

export function cardsIn(world: World, box: Box, hidden: ReadonlySet<string>): SceneCard[] {
  const cards = world.cards.things(box);
  return hidden.size === 0 ? cards : cards.filter(({ id }) => !hidden.has(id));
}

export function linksIn(world: World, box: Box, hidden: ReadonlySet<string>): SceneLink[] {
  const links = world.links.things(box).filter((link) => linkTouches(link, box));
  return hidden.size === 0 ? links : links.filter(({ from, to }) => !hidden.has(from) && !hidden.has(to));
}

function shown(world: World, id: string, hidden: ReadonlySet<string>): boolean {
  const link = world.scene.links.get(id);
  return link !== undefined && !hidden.has(link.from) && !hidden.has(link.to);
}
