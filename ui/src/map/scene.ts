/**
 * What the painter, the spatial index and the gestures look at: plain values in map units
 * (1 unit = 1 CSS pixel at 100 %). It is not a store: nobody edits a scene. `sceneBuilder.ts`
 * makes the next one from the records and keeps every unchanged card and link object, so that
 * identity tells what has to be painted again.
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
};

export type LinkCourse = "forward" | "within" | "back";

/**
 * A routed link. `curve` holds the start point and then three points for each cubic piece:
 * x0 y0, (c1x c1y c2x c2y x y)*. `boxes` bounds each piece: left top right bottom, in turn.
 */
export type SceneLink = {
  id: string;
  from: string;
  to: string;
  label: string;
  course: LinkCourse;
  severity: GapSeverity | null;
  curve: readonly number[];
  boxes: readonly number[];
  box: Box;
};

export type SceneColumn = { stage: string | null; x: number; width: number };

export type Route = Pick<SceneLink, "course" | "curve" | "boxes" | "box">;
export interface Routes {
  /** `moved` gives cards that stand elsewhere for the moment. Null when an end is missing. */
  route(link: { id: string; from: string; to: string }, moved?: ReadonlyMap<string, SceneCard>): Route | null;
}

export type Scene = {
  cards: ReadonlyMap<string, SceneCard>;
  links: ReadonlyMap<string, SceneLink>;
  columns: readonly SceneColumn[];
  /** Ids of the links that touch a card. */
  linksOf: ReadonlyMap<string, readonly string[]>;
  /** Finds the way of a link whose card stands elsewhere for the moment. */
  routes: Routes;
  cardWidth: number;
  cardHeight: number;
};

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

/** How tall the columns of a map without cards are taken to be. */
const emptyHeight = 480;

/** Everything drawn: cards, links that swing outside them, and the width of the columns. */
export function sceneBox(scene: Scene): Box | null {
  const drawn = around([
    ...[...scene.cards.values()].map(cardBox),
    ...[...scene.links.values()].map((link) => link.box),
  ]);
  const { top, bottom } = drawn ?? { top: 0, bottom: emptyHeight };
  const columns = scene.columns.map((column) => ({ left: column.x, right: column.x + column.width, top, bottom }));
  return around(drawn === null ? columns : [drawn, ...columns]);
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
