/**
 * Even distances: between two cards, or going on below or above two that stand apart by the same. Pure arithmetic on
 * boxes of one column, sorted from the top.
 */
import type { Box } from "../scene";
import type { Guide, Pull } from "./snapping";

/** Closer than this, cards touch rather than stand apart. */
const leastGap = 4;

export function evenly(box: Box, others: readonly Box[]): Pull[] {
  const middle = (box.top + box.bottom) / 2;
  const above = others.filter((other) => (other.top + other.bottom) / 2 < middle);
  const below = others.filter((other) => (other.top + other.bottom) / 2 >= middle);
  const [far, upper] = [above.at(-2), above.at(-1)];
  const [lower, further] = [below[0], below[1]];
  const pulls: Pull[] = [];
  if (upper && lower) pulls.push(...between(box, upper, lower));
  if (far && upper) pulls.push(...onward(box, upper.top - far.bottom, upper.bottom, far.bottom, 1));
  if (lower && further) pulls.push(...onward(box, further.top - lower.bottom, lower.top, further.top, -1));
  return pulls;
}

function between(box: Box, upper: Box, lower: Box): Pull[] {
  const height = box.bottom - box.top;
  const gap = (lower.top - upper.bottom - height) / 2;
  if (gap < leastGap) return [];
  const top = upper.bottom + gap;
  const guides = [measure(box, upper.bottom, top), measure(box, top + height, lower.top)];
  return [{ by: top - box.top, guides }];
}

/** `edge` is that of the neighbour, `start` where the distance it has already begins; `way` is 1 downward. */
function onward(box: Box, gap: number, edge: number, start: number, way: 1 | -1): Pull[] {
  if (gap < leastGap) return [];
  const own = way === 1 ? box.top : box.bottom;
  const wanted = edge + way * gap;
  const guides = [measure(box, edge, wanted), measure(box, start, start + way * gap)];
  return [{ by: wanted - own, guides }];
}

function measure(box: Box, y1: number, y2: number): Guide {
  const x = (box.left + box.right) / 2;
  return { x1: x, x2: x, y1, y2, spacing: true };
}
