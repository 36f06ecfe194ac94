/**
 * Where dragged cards come to rest: under the cards of the column they hover over (in its middle when
 * it is empty), on the rows their neighbours stand on, and as far from their neighbours as those are
 * from each other. Several cards are one box. It returns the shift and the guide lines that explain it;
 * nothing moves here.
 */
import {
  around,
  type Box,
  cardBox,
  columnAt,
  type Point,
  type Scene,
  type SceneCard,
  type SceneColumn,
} from "../scene";
import type { SpatialIndex } from "../spatialIndex";
import { evenly } from "./spacing";

/** `spacing`: a distance that is met again, rather than a line that is shared. */
export type Guide = { x1: number; y1: number; x2: number; y2: number; spacing?: true };
export type Rest = {
  dx: number;
  dy: number;
  guides: readonly Guide[];
  /** The column the pressed card would belong to. */
  column: SceneColumn | null;
};

/** A place along one axis that pulls, and what shows why. */
export type Pull = { by: number; guides: readonly Guide[] };

/** Pull of a row, in CSS pixels; that of a column's cards and middle is twice as strong. */
const pull = 7;
/** How far away a neighbour may stand to give its row or its left edge, in map units. */
const sight = 900;

type Around = { scene: Scene; index: SpatialIndex<SceneCard>; dragged: ReadonlySet<string> };

/** `lead` is the card under the pointer; the others keep their distance to it. */
export function rest(
  scene: Scene,
  index: SpatialIndex<SceneCard>,
  dragged: ReadonlySet<string>,
  lead: SceneCard,
  shift: Point,
  zoom: number,
  free: boolean,
): Rest {
  const column = columnAt(scene.columns, lead.x + shift.x + lead.width / 2);
  if (free) return { dx: shift.x, dy: shift.y, guides: [], column };
  const reach = pull / zoom;
  const map = { scene, index, dragged };
  const upright = nearestUpright(map, lead, shift, column);
  const x = upright !== null && Math.abs(upright.by) <= reach * 2 ? upright : null;
  const dx = shift.x + (x?.by ?? 0);
  const box = moved(boxOf(scene, dragged) ?? cardBox(lead), dx, shift.y);
  const others = inSight(map, box, column);
  const y = nearest([row(map, box, reach), ...evenly(box, others)], reach);
  const dy = shift.y + (y?.by ?? 0);
  const along = x?.card ? [uprightGuide(x.card, lead, dx, dy)] : [];
  return { dx, dy, guides: [...along, ...(y?.guides ?? [])], column };
}

function boxOf(scene: Scene, ids: ReadonlySet<string>): Box | null {
  const boxes: Box[] = [];
  for (const id of ids) {
    const card = scene.cards.get(id);
    if (card !== undefined) boxes.push(cardBox(card));
  }
  return around(boxes);
}

function moved(box: Box, dx: number, dy: number): Box {
  return { left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy };
}

function nearest(pulls: readonly (Pull | null)[], reach: number): Pull | null {
  let best: Pull | null = null;
  for (const one of pulls) {
    if (one === null || Math.abs(one.by) > reach) continue;
    if (best === null || Math.abs(one.by) < Math.abs(best.by)) best = one;
  }
  return best;
}

/** The cards of the column that stay where they are, near enough to be compared with. */
function inSight({ index, dragged }: Around, box: Box, column: SceneColumn | null): Box[] {
  if (column === null) return [];
  const strip = { left: column.x, right: column.x + column.width, top: box.top - sight, bottom: box.bottom + sight };
  const boxes: Box[] = [];
  for (const card of index.things(strip))
    if (!dragged.has(card.id) && card.stage === column.stage) boxes.push(cardBox(card));
  return boxes.sort((a, b) => a.top - b.top);
}

type Upright = { by: number; card: SceneCard | null };

/** The left edge nearest to the lead's among the column's cards in sight; a column without any has its middle. */
function nearestUpright(map: Around, lead: SceneCard, shift: Point, column: SceneColumn | null): Upright | null {
  if (column === null) return null;
  const x = lead.x + shift.x;
  const y = lead.y + shift.y;
  const right = column.x + column.width;
  let best: SceneCard | null = null;
  for (const card of map.index.things({ left: column.x, right, top: y - sight, bottom: y + lead.height + sight })) {
    if (map.dragged.has(card.id) || card.stage !== column.stage) continue;
    if (best === null || nearer(card, best, x, y)) best = card;
  }
  return { by: (best?.x ?? column.x + (column.width - lead.width) / 2) - x, card: best };
}

/** By its edge, and of those with the same edge the one close by: the guide is short then. */
function nearer(a: SceneCard, b: SceneCard, x: number, y: number): boolean {
  const [offA, offB] = [Math.abs(a.x - x), Math.abs(b.x - x)];
  return offA < offB || (offA === offB && Math.abs(a.y - y) < Math.abs(b.y - y));
}

/** Along the shared left edge of both. */
function uprightGuide(card: SceneCard, lead: SceneCard, dx: number, dy: number): Guide {
  const top = lead.y + dy;
  const x = lead.x + dx;
  return { x1: x, x2: x, y1: Math.min(top, card.y), y2: Math.max(top + lead.height, card.y + card.height) };
}

/** The row of a card beside the box: top to top, middle to middle, bottom to bottom. */
function row({ index, dragged }: Around, box: Box, reach: number): Pull | null {
  const near = { left: box.left - sight, right: box.right + sight, top: box.top - reach, bottom: box.bottom + reach };
  let best: Pull | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const card of index.things(near)) {
    if (dragged.has(card.id)) continue;
    const other = cardBox(card);
    const beside = other.right <= box.left || other.left >= box.right;
    if (!beside) continue;
    const away = Math.max(box.left - other.right, other.left - box.right);
    for (const { by, level } of levels(box, other)) {
      const rank = Math.abs(by) * 100 + away / 100;
      if (Math.abs(by) > reach || rank >= least) continue;
      least = rank;
      const [x1, x2] = other.left < box.left ? [other.right, box.left] : [box.right, other.left];
      best = { by, guides: [{ x1, x2, y1: level, y2: level }] };
    }
  }
  return best;
}

/** Middles first: cards are all of one height, and the line from middle to middle is the one that links take. */
function levels(box: Box, other: Box): { by: number; level: number }[] {
  const middle = (one: Box) => (one.top + one.bottom) / 2;
  return [middle, (one: Box) => one.top, (one: Box) => one.bottom].map((of) => {
    return { by: of(other) - of(box), level: of(other) };
  });
}
