/** Arithmetic on areas of a bitmap, in whole pixels. It paints nothing. */

export type Area = { x: number; y: number; width: number; height: number };
type Span = readonly [start: number, length: number];

/** Areas that overlap much become one: what they share is painted once. Among very many this is not worth the search. */
export function joined(areas: readonly Area[], most: number): Area[] {
  if (areas.length > most) return [...areas];
  const apart: Area[] = [];
  for (const area of areas) {
    let whole = area;
    for (let at = apart.length - 1; at >= 0; at--) {
      const both = union(whole, apart[at] as Area);
      if (size(both) > size(whole) + size(apart[at] as Area)) continue;
      apart.splice(at, 1);
      whole = both;
    }
    apart.push(whole);
  }
  return apart;
}

export function size(area: Area): number {
  return area.width * area.height;
}

export function holds(outer: Area, inner: Area): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}

/** Null: they share nothing. */
export function shared(a: Area, b: Area): Area | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/**
 * What is to be painted so that a window that has moved a little out of what is painted is filled again, and what is
 * painted then. On the side where something is missing it goes on for `ahead` pixels where the bitmap has room, so that
 * the next moves find it there; what lies further behind than that is let go.
 */
export function widened(painted: Area, window: Area, bitmap: Area, ahead: number): { missing: Area[]; painted: Area } {
  const missing: Area[] = [];
  const across = stretched([painted.x, painted.width], [window.x, window.width], [bitmap.x, bitmap.width], ahead);
  const down = stretched([painted.y, painted.height], [window.y, window.height], [bitmap.y, bitmap.height], ahead);
  for (const [x, width] of across.missing) missing.push({ x, y: down.kept[0], width, height: down.kept[1] });
  for (const [y, height] of down.missing) missing.push({ x: across.all[0], y, width: across.all[1], height });
  const [x, width] = across.all;
  const [y, height] = down.all;
  return { missing, painted: { x, y, width, height } };
}

/** What is to be painted next for a moving window; what is painted then; for how many more moves there is enough. */
export type Strip = { area: Area; painted: Area; moves: number };

/**
 * The strip that a window which moves by `step` will miss first, when that is in less than `soon` moves; what lies
 * further behind is let go. Null: none is missing for long, or the bitmap ends there.
 */
export function stripAhead(
  painted: Area,
  window: Area,
  bitmap: Area,
  step: { x: number; y: number },
  ahead: number,
  soon: number,
): Strip | null {
  const across = movesLeft([painted.x, painted.width], [window.x, window.width], step.x);
  const down = movesLeft([painted.y, painted.height], [window.y, window.height], step.y);
  const moves = Math.min(across, down);
  if (moves >= soon) return null;
  const near = shared(painted, grown(window, ahead)) ?? painted;
  const wider = { ...near };
  if (across <= down) {
    wider.width += ahead;
    if (step.x < 0) wider.x -= ahead;
  } else {
    wider.height += ahead;
    if (step.y < 0) wider.y -= ahead;
  }
  const all = shared(wider, bitmap) ?? near;
  if (size(all) === size(near)) return null;
  const area =
    across <= down
      ? { ...all, x: step.x < 0 ? all.x : near.x + near.width, width: all.width - near.width }
      : { ...all, y: step.y < 0 ? all.y : near.y + near.height, height: all.height - near.height };
  return { area, painted: all, moves };
}

function grown({ x, y, width, height }: Area, by: number): Area {
  return { x: x - by, y: y - by, width: width + by * 2, height: height + by * 2 };
}

function movesLeft([start, length]: Span, window: Span, step: number): number {
  if (step === 0) return Number.POSITIVE_INFINITY;
  const rest = step > 0 ? start + length - window[0] - window[1] : window[0] - start;
  return Math.floor(rest / Math.abs(step));
}

function stretched([start, length]: Span, window: Span, bitmap: Span, ahead: number) {
  const end = window[0] + window[1];
  let first = Math.max(start, window[0] - ahead);
  let last = Math.min(start + length, end + ahead);
  const kept: Span = [first, last - first];
  const missing: Span[] = [];
  if (window[0] < first) {
    const further = Math.max(bitmap[0], Math.min(window[0], first - ahead));
    missing.push([further, first - further]);
    first = further;
  }
  if (end > last) {
    const further = Math.min(bitmap[0] + bitmap[1], Math.max(end, last + ahead));
    missing.push([last, further - last]);
    last = further;
  }
  const all: Span = [first, last - first];
  return { kept, missing, all };
}

function union(a: Area, b: Area): Area {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  return { x, y, width, height: Math.max(a.y + a.height, b.y + b.height) - y };
}
