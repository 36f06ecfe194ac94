/**
 * Where dragged cards come to rest: under the cards of the column they hover over (in its middle when
 * it is empty), and on the rows their neighbours stand on. It returns the shift and the guide lines
 * that explain it; nothing moves here.
 */
import { columnAt, type Point, type Scene, type SceneCard, type SceneColumn } from "../scene";
import type { SpatialIndex } from "../spatialIndex";

export type Guide = { x1: number; y1: number; x2: number; y2: number };
export type Rest = {
  dx: number;
  dy: number;
  guides: readonly Guide[];
  /** The column the pressed card would belong to. */
  column: SceneColumn | null;
};

/** Pull of a row, in CSS pixels; that of a column's cards and middle is twice as strong. */
const pull = 7;
/** How far away a neighbour may stand to give its row or its left edge, in map units. */
const sight = 900;

/** `lead` is the card under the pointer; the others keep their distance to it. */
export function rest(
  scene: Scene,
  index: SpatialIndex,
  dragged: ReadonlySet<string>,
  lead: SceneCard,
  shift: Point,
  zoom: number,
  free: boolean,
): Rest {
  const x = lead.x + shift.x;
  const y = lead.y + shift.y;
  const column = columnAt(scene.columns, x + lead.width / 2);
  if (free) return { dx: shift.x, dy: shift.y, guides: [], column };
  const reach = pull / zoom;
  const guides: Guide[] = [];
  const row = nearestRow(scene, index, dragged, lead, x, y, reach);
  const snappedY = row === null ? y : row.y;
  const upright = nearestUpright(scene, index, dragged, lead, x, y, column);
  const snappedX = Math.abs(upright - x) <= reach * 2 ? upright : x;
  if (row !== null) {
    const level = row.y + lead.height / 2;
    const [x1, x2] = row.x < snappedX ? [row.x + row.width, snappedX] : [snappedX + lead.width, row.x];
    guides.push({ x1, y1: level, x2, y2: level });
  }
  return { dx: snappedX - lead.x, dy: snappedY - lead.y, guides, column };
}

/** The left edge nearest to `x` among the column's cards in sight; a column without any has its middle. */
function nearestUpright(
  scene: Scene,
  index: SpatialIndex,
  dragged: ReadonlySet<string>,
  lead: SceneCard,
  x: number,
  y: number,
  column: SceneColumn | null,
): number {
  if (column === null) return x;
  const right = column.x + column.width;
  let nearest: number | null = null;
  for (const id of index.query({ left: column.x, right, top: y - sight, bottom: y + lead.height + sight })) {
    const card = scene.cards.get(id);
    if (card === undefined || dragged.has(id) || card.stage !== column.stage) continue;
    if (nearest === null || Math.abs(card.x - x) < Math.abs(nearest - x)) nearest = card.x;
  }
  return nearest ?? column.x + (column.width - lead.width) / 2;
}

function nearestRow(
  scene: Scene,
  index: SpatialIndex,
  dragged: ReadonlySet<string>,
  lead: SceneCard,
  x: number,
  y: number,
  reach: number,
): SceneCard | null {
  const around = { left: x - sight, right: x + lead.width + sight, top: y - reach, bottom: y + lead.height + reach };
  let best: SceneCard | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const id of index.query(around)) {
    const card = scene.cards.get(id);
    if (card === undefined || dragged.has(id)) continue;
    const off = Math.abs(card.y - y);
    const beside = card.x + card.width <= x || card.x >= x + lead.width;
    if (!beside || off > reach) continue;
    const rank = off * 100 + Math.abs(card.x - x) / 100;
    if (rank < least) {
      least = rank;
      best = card;
    }
  }
  return best;
}
