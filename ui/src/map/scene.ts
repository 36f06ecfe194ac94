/**
 * What the painter, the spatial index and the gestures look at: plain values in map units
 * (1 unit = 1 CSS pixel at 100 %). It is not a store: only `World` puts other cards and links into a
 * scene, and never changes one that is in it.
 */
import type { IconNode } from "../kit/channelIcon";

export type Point = { x: number; y: number };
export type Box = { left: number; top: number; right: number; bottom: number };

/** The four ways a touchpoint is told apart, by shape and by colour. */
export type CardKind = "ultimate" | "intermediate" | "direct" | "indirect";
export type GapSeverity = "high" | "medium" | "low";
/** What the badge on a card's corner says: the worst severity, and how many gaps stand on the card. */
export type Badge = { severity: GapSeverity; count: number };

export type SceneCard = {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  stage: string | null;
  name: string;
  cta: string;
  kind: CardKind;
  stopped: boolean;
  icon: IconNode;
  /** Places of its audiences in the project's list; the painter gives each place a colour. */
  audiences: readonly number[];
  badge: Badge | null;
  /** The planner put it where it stands. */
  pinned: boolean;
  /** Somebody left a note on it. */
  noted: boolean;
  /** Something about it was written on both sides of a merge. */
  contested?: boolean;
  /** It stands in a stage that is folded, as a mark without words. */
  folded?: boolean;
  /** How wide it would be unfolded: links pass columns of cards, whatever is folded at their ends. */
  spread?: number;
};

/** What is known of a link before it has a curve. */
export type LinkFacts = {
  id: string;
  from: string;
  to: string;
  label: string;
  /** Where it passes columns of cards, in travel order: x y, the middle of each. None: straight from card to card. */
  points: Points;
  /** How much flows over it, from 0 to 1, the most on this map; absent: nobody knows. */
  weight?: number;
};
export type Points = readonly (readonly [number, number])[];

export type LinkCourse = "forward" | "within" | "back";

/**
 * A routed link. `curve` holds the start point and then three points for each cubic piece:
 * x0 y0, (c1x c1y c2x c2y x y)*. `boxes` bounds each piece: left top right bottom, in turn.
 */
export type SceneLink = LinkFacts & Route;
export type Route = { course: LinkCourse; curve: readonly number[]; boxes: readonly number[]; box: Box };

export type SceneColumn = { stage: string | null; x: number; width: number };
/** A band across all columns. */
export type SceneLane = { y: number; height: number };

export type Scene = {
  cards: ReadonlyMap<string, SceneCard>;
  links: ReadonlyMap<string, SceneLink>;
  columns: readonly SceneColumn[];
  lanes: readonly SceneLane[];
  /** Ids of the links that touch a card. */
  linksOf: ReadonlyMap<string, readonly string[]>;
};

/** What is different from one state of the map to the next. */
export type SceneChange = {
  /** Another map: nothing of what was there stays. */
  fresh: boolean;
  /** New cards, and those that look or stand otherwise. */
  cards: readonly SceneCard[];
  removedCards: readonly string[];
  links: readonly LinkFacts[];
  removedLinks: readonly string[];
  /** Null: as they were. */
  columns: readonly SceneColumn[] | null;
  lanes: readonly SceneLane[] | null;
};

export function isNothing(change: SceneChange): boolean {
  const { fresh, cards, removedCards, links, removedLinks, columns, lanes } = change;
  if (fresh || columns !== null || lanes !== null) return false;
  return cards.length + removedCards.length + links.length + removedLinks.length === 0;
}

export function cardBox(card: { x: number; y: number; width: number; height: number }): Box {
  return { left: card.x, top: card.y, right: card.x + card.width, bottom: card.y + card.height };
}

export function touches(a: Box, b: Box): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

export function contains(box: Box, point: Point): boolean {
  return point.x >= box.left && point.x <= box.right && point.y >= box.top && point.y <= box.bottom;
}

export function grow(box: Box, by: number): Box {
  return {
    left: box.left - by,
    top: box.top - by,
    right: box.right + by,
    bottom: box.bottom + by,
  };
}

/** The smallest box around all of them; null when there is none. */
export function around(boxes: Iterable<Box>): Box | null {
  let all: Box | null = null;
  for (const box of boxes) {
    if (all === null) all = { ...box };
    else {
      all.left = Math.min(all.left, box.left);
      all.top = Math.min(all.top, box.top);
      all.right = Math.max(all.right, box.right);
      all.bottom = Math.max(all.bottom, box.bottom);
    }
  }
  return all;
}

/** The place in the list of the lane at a height; the nearest one when it is above or below all of them; -1: there are none. */
export function laneAt(lanes: readonly SceneLane[], y: number): number {
  const at = lanes.findIndex((lane) => y < lane.y + lane.height);
  return at < 0 ? lanes.length - 1 : at;
}

/** The column under a horizontal place; the nearest one when the place is outside all of them. */
export function columnAt(columns: readonly SceneColumn[], x: number): SceneColumn | null {
  let nearest: SceneColumn | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const column of columns) {
    const away = Math.max(column.x - x, x - column.x - column.width, 0);
    if (away < least) {
      least = away;
      nearest = column;
    }
  }
  return nearest;
}
