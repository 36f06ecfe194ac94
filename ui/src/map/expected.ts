/**
 * A card that has been asked for and is not on the map yet: shown in the frame of the key, about where it will stand,
 * with its links. A guess from the scene alone, which the program's answer replaces; nothing is kept of it.
 */
import type { Direction } from "../state/intentions.svelte";
import { inTheMiddle } from "./ports";
import { routed } from "./routing";
import { type Box, cardBox, grow, type Point, type Scene, type SceneCard, type SceneLink } from "./scene";
import type { SpatialIndex } from "./spatialIndex";

export type Wish = {
  card: Omit<SceneCard, "x" | "y">;
  /** The card that it is put behind, after or beside. */
  anchor: string;
  direction: Direction;
  /** The cards that it leads to, and those that lead to it. */
  to: readonly string[];
  from: readonly string[];
};

export type Expected = { card: SceneCard; links: readonly SceneLink[] };

/** Free height between two cards. */
const gap = 12;
/** How far above and below the anchor a place is looked for, in map units. */
const sight = 1200;

/** `place`: where it seemed ready to stand. Null: where it will stand cannot be guessed. */
export function expected(
  scene: Scene,
  index: SpatialIndex<SceneCard>,
  wish: Wish,
  place: Point | null,
): Expected | null {
  const at = place ?? beside(scene, index, wish);
  if (at === null) return null;
  const card = { ...wish.card, ...at };
  const other = (id: string) => scene.cards.get(id) ?? [];
  return {
    card,
    links: [
      ...wish.to.flatMap(other).map((end) => line(card, end)),
      ...wish.from.flatMap(other).map((start) => line(start, card)),
    ],
  };
}

function line(from: SceneCard, to: SceneCard): SceneLink {
  const facts = { id: `${from.id} ${to.id}`, from: from.id, to: to.id, label: "", points: [] };
  return { ...facts, ...routed(from, to, [], inTheMiddle, 0, false) };
}

/** As high as its anchor, or as near to that as there is room. */
function beside(scene: Scene, index: SpatialIndex<SceneCard>, { card, anchor, direction }: Wish): Point | null {
  const near = scene.cards.get(anchor);
  const column = scene.columns.find(({ stage }) => stage === card.stage);
  if (near === undefined || column === undefined || near.folded) return null;
  const strip = { left: column.x, right: column.x + column.width, top: near.y - sight, bottom: near.y + sight };
  const cards = index.things(strip);
  const lefts = cards.filter(({ stage }) => stage === card.stage).map(({ x }) => x);
  const x =
    near.stage !== card.stage
      ? nearest([...lefts, ...(lefts.length === 0 ? [column.x + (column.width - card.width) / 2] : [])], near.x)
      : direction === "sibling"
        ? near.x
        : nearest(
            lefts.filter((left) => (direction === "upstream" ? left < near.x : left > near.x)),
            near.x,
          );
  return x === null ? null : { x, y: free(near.y, { x, width: card.width, height: card.height }, cards) };
}

function nearest(places: readonly number[], to: number): number | null {
  return places.reduce<number | null>(
    (best, place) => (best === null || Math.abs(place - to) < Math.abs(best - to) ? place : best),
    null,
  );
}

/** The top nearest to the wanted one that keeps clear of all cards: there, or right above or below one of them. */
function free(wanted: number, { x, width, height }: { x: number; width: number; height: number }, cards: SceneCard[]) {
  const boxes = cards.map(cardBox).filter((box) => box.left < x + width && box.right > x);
  const tops = [wanted, ...boxes.flatMap(({ top, bottom }) => [bottom + gap, top - gap - height])];
  const clear = (top: number) => boxes.every((box) => !covers(grow(box, gap - 1), top, top + height));
  return nearest(tops.filter(clear), wanted) ?? wanted;
}

function covers(box: Box, top: number, bottom: number): boolean {
  return box.top < bottom && box.bottom > top;
}
