/**
 * What lies under the pointer: a card, one of its two handles, a gap badge, a link, or the ground.
 * It asks the spatial index first and the shapes after; it changes nothing.
 */
import { distanceTo, endPlaces, linkTouches } from "./geometry";
import { type Box, cardBox, contains, grow, type Point, type Scene, type SceneCard, type SceneLink } from "./scene";
import type { SpatialIndex } from "./spatialIndex";

export type Side = "left" | "right";
export type Hit =
  | { on: "ground" }
  | { on: "card"; id: string }
  | { on: "badge"; id: string }
  | { on: "handle"; id: string; side: Side }
  | { on: "link"; id: string }
  /** A ready slot: no part of the map, but a place to fill. */
  | { on: "slot"; id: string }
  /** The end of a link that is selected alone; `fixed` is the card at its other end. */
  | { on: "end"; id: string; end: "from" | "to"; fixed: string };

export type SlotPlace = { id: string; x: number; y: number; width: number; height: number };
export type Indexed = { scene: Scene; cards: SpatialIndex<SceneCard>; links: SpatialIndex<SceneLink> };

/** Reach in CSS pixels: comfortable for a hand, independent of the zoom. */
const linkReach = 6;
const handleReach = 11;
const badgeReach = 11;
const endReach = 9;
/** Below this zoom the handles would cover the card. */
export const leastHandleZoom = 0.4;
/** Slots are painted with full cards only. */
const leastSlotZoom = 0.5;

/** Handles show, and can be taken, only on the card that is hovered or selected alone. */
export function hitTest(
  at: Point,
  zoom: number,
  world: Indexed,
  handlesOn: string | null,
  endsOf: string | null = null,
  slots: readonly SlotPlace[] = [],
): Hit {
  const end = endsOf === null ? null : hitEnd(at, zoom, world.scene, endsOf);
  if (end !== null) return end;
  const handle = handlesOn === null ? null : hitHandle(at, zoom, world.scene, handlesOn);
  if (handle !== null) return handle;
  const card = topCard(at, zoom, world);
  if (card !== null) return onBadge(at, zoom, card) ? { on: "badge", id: card.id } : { on: "card", id: card.id };
  const slot = zoom < leastSlotZoom ? undefined : slots.find((place) => contains(cardBox(place), at));
  if (slot !== undefined) return { on: "slot", id: slot.id };
  const link = nearestLink(at, linkReach / zoom, world);
  return link === null ? { on: "ground" } : { on: "link", id: link };
}

/** The card at a point, for dropping a link on; generous by `reach` map units. */
export function cardAt(at: Point, world: Indexed, reach = 0): SceneCard | null {
  const near = grow({ left: at.x, top: at.y, right: at.x, bottom: at.y }, reach);
  return topmost(world, near, (card) => contains(grow(cardBox(card), reach), at));
}

export function cardsIn(box: Box, world: Indexed): string[] {
  return world.cards.query(box);
}

function topCard(at: Point, zoom: number, world: Indexed): SceneCard | null {
  const reach = badgeReach / zoom;
  const near = { left: at.x - reach, top: at.y - reach, right: at.x + reach, bottom: at.y + reach };
  return topmost(world, near, (card) => contains(cardBox(card), at) || onBadge(at, zoom, card));
}

/** Later cards are painted over earlier ones, so the last in the scene's order wins. */
function topmost(world: Indexed, near: Box, fits: (card: SceneCard) => boolean): SceneCard | null {
  const found = new Set(world.cards.things(grow(near, 1)).filter(fits));
  if (found.size <= 1) return [...found][0] ?? null;
  let top: SceneCard | null = null;
  for (const card of world.scene.cards.values()) if (found.has(card)) top = card;
  return top;
}

function onBadge(at: Point, zoom: number, card: SceneCard): boolean {
  if (card.badge === null) return false;
  return Math.hypot(at.x - card.x - card.width, at.y - card.y) <= Math.min(badgeReach, badgeReach / zoom);
}

function hitHandle(at: Point, zoom: number, scene: Scene, id: string): Hit | null {
  const card = scene.cards.get(id);
  if (card === undefined || zoom < leastHandleZoom) return null;
  const y = card.y + card.height / 2;
  const reach = handleReach / zoom;
  if (Math.hypot(at.x - card.x, at.y - y) <= reach) return { on: "handle", id, side: "left" };
  if (Math.hypot(at.x - card.x - card.width, at.y - y) <= reach) return { on: "handle", id, side: "right" };
  return null;
}

function hitEnd(at: Point, zoom: number, scene: Scene, id: string): Hit | null {
  const link = scene.links.get(id);
  if (link === undefined || zoom < leastHandleZoom) return null;
  const near = (end: Point) => Math.hypot(at.x - end.x, at.y - end.y) <= endReach / zoom;
  const { from, to } = endPlaces(link.curve);
  if (near(to)) return { on: "end", id, end: "to", fixed: link.from };
  return near(from) ? { on: "end", id, end: "from", fixed: link.to } : null;
}

function nearestLink(at: Point, reach: number, world: Indexed): string | null {
  const near = { left: at.x - reach, top: at.y - reach, right: at.x + reach, bottom: at.y + reach };
  let nearest: string | null = null;
  let least = reach;
  for (const link of world.links.things(near)) {
    if (!linkTouches(link, near)) continue;
    const away = distanceTo(link.curve, at);
    if (away <= least) {
      least = away;
      nearest = link.id;
    }
  }
  return nearest;
}
