/**
 * Where ready slots stand: in their stage's column, near the touchpoint they would lead to, clear of every card and of
 * each other. Pure arithmetic on places in map units.
 */
export type Area = { x: number; y: number; width: number; height: number };

export const slotHeight = 40;
/**
 * The question over a group of slots: what it takes above the topmost one, and how far above it its words stand, also
 * when the ring of the keyboard is around that slot.
 */
export const questionOver = { height: 24, words: 7, wordsOverRing: 12 };
/** Above each slot, for the question over a group of them; and below. */
const above = 22;
const below = 14;
/** How many places above and below the wanted one are tried. */
const reach = 14;

/** The tops of `count` slots in a column `x` wide `width`, around `middle`, each clear of what is `taken`. */
export function slotPlaces(
  x: number,
  width: number,
  middle: number,
  count: number,
  taken: readonly Area[],
): { x: number; y: number }[] {
  const near = taken.filter((area) => area.x < x + width && area.x + area.width > x);
  const step = slotHeight + below;
  const places: { x: number; y: number }[] = [];
  for (let at = 0; at < count; at += 1) {
    const wanted = middle - slotHeight / 2 + (at - (count - 1) / 2) * step;
    const y = freeNear(wanted, near, step);
    places.push({ x, y });
    // Slots of one group stand closer to each other than to anything else.
    near.push({ x, y: y + above - below, width, height: slotHeight - above + below });
  }
  return places;
}

function freeNear(wanted: number, taken: readonly Area[], step: number): number {
  for (let away = 0; away <= reach; away += 0.5)
    for (const y of [wanted - away * step, wanted + away * step]) if (isFree(y, taken)) return y;
  return wanted;
}

function isFree(y: number, taken: readonly Area[]): boolean {
  return taken.every((area) => y - above >= area.y + area.height || y + slotHeight + below <= area.y);
}
