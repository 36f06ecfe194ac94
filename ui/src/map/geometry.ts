/**
 * Arithmetic on curves: cubic pieces, their boxes, distance, points along the way, arrowheads.
 * It does not know where a link should run; that is routing.ts.
 */
import { type Box, grow, type Point, type SceneLink, touches } from "./scene";

/** How many straight steps stand for one cubic piece when distance or length is wanted. */
const steps = 16;

export function cubicAt(curve: readonly number[], piece: number, t: number): Point {
  const at = piece * 6;
  const u = 1 - t;
  const a = u * u * u;
  const b = 3 * u * u * t;
  const c = 3 * u * t * t;
  const d = t * t * t;
  return {
    x: a * n(curve, at) + b * n(curve, at + 2) + c * n(curve, at + 4) + d * n(curve, at + 6),
    y: a * n(curve, at + 1) + b * n(curve, at + 3) + c * n(curve, at + 5) + d * n(curve, at + 7),
  };
}

export function pieceCount(curve: readonly number[]): number {
  return (curve.length - 2) / 6;
}

/** Bounding boxes of the pieces, four numbers each. Tight: from the turning points, not the control points. */
export function pieceBoxes(curve: readonly number[]): number[] {
  const boxes: number[] = [];
  for (let piece = 0; piece < pieceCount(curve); piece++) {
    const at = piece * 6;
    const [left, right] = span(curve, at);
    const [top, bottom] = span(curve, at + 1);
    boxes.push(left, top, right, bottom);
  }
  return boxes;
}

/** Least and greatest value of one coordinate along a cubic piece. */
function span(curve: readonly number[], at: number): [number, number] {
  const p0 = n(curve, at);
  const p1 = n(curve, at + 2);
  const p2 = n(curve, at + 4);
  const p3 = n(curve, at + 6);
  let least = Math.min(p0, p3);
  let most = Math.max(p0, p3);
  if (p1 >= least && p1 <= most && p2 >= least && p2 <= most) return [least, most];
  const a = -p0 + 3 * p1 - 3 * p2 + p3;
  const b = 2 * (p0 - 2 * p1 + p2);
  const c = p1 - p0;
  for (const t of roots(a, b, c)) {
    if (t <= 0 || t >= 1) continue;
    const u = 1 - t;
    const value = u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

function roots(a: number, b: number, c: number): number[] {
  if (Math.abs(a) < 1e-9) return Math.abs(b) < 1e-9 ? [] : [-c / b];
  const inside = b * b - 4 * a * c;
  if (inside < 0) return [];
  const root = Math.sqrt(inside);
  return [(-b + root) / (2 * a), (-b - root) / (2 * a)];
}

export function wholeBox(boxes: readonly number[]): Box {
  let left = n(boxes, 0);
  let top = n(boxes, 1);
  let right = n(boxes, 2);
  let bottom = n(boxes, 3);
  for (let at = 4; at < boxes.length; at += 4) {
    left = Math.min(left, n(boxes, at));
    top = Math.min(top, n(boxes, at + 1));
    right = Math.max(right, n(boxes, at + 2));
    bottom = Math.max(bottom, n(boxes, at + 3));
  }
  return { left, top, right, bottom };
}

/** The boxes of a link's pieces, each grown by `by`: together far smaller than the box around the link. */
export function boxesOf({ boxes }: { boxes: readonly number[] }, by: number): Box[] {
  const all: Box[] = [];
  for (let at = 0; at < boxes.length; at += 4)
    all.push(
      grow({ left: n(boxes, at), top: n(boxes, at + 1), right: n(boxes, at + 2), bottom: n(boxes, at + 3) }, by),
    );
  return all;
}

/** Finer than the link's whole box: does any of its pieces come near `box`? */
export function linkTouches(link: SceneLink, box: Box): boolean {
  if (!touches(link.box, box)) return false;
  const boxes = link.boxes;
  for (let at = 0; at < boxes.length; at += 4)
    if (
      n(boxes, at) <= box.right &&
      box.left <= n(boxes, at + 2) &&
      n(boxes, at + 1) <= box.bottom &&
      box.top <= n(boxes, at + 3)
    )
      return true;
  return false;
}

/**
 * The parts of a piece that may be seen in `box`, as cubic pieces of their own (eight numbers each).
 * They lie on the piece. For pieces much longer than a window: painting the rest is wasted.
 */
export function partsWithin(curve: readonly number[], piece: number, box: Box): number[][] {
  const at = piece * 6;
  const whole = curve.slice(at, at + 8);
  if (steady(whole, 0) && steady(whole, 1)) {
    const [x0, x1] = shareWithin(whole, 0, box.left, box.right);
    const [y0, y1] = shareWithin(whole, 1, box.top, box.bottom);
    const [start, end] = [Math.max(x0, y0), Math.min(x1, y1)];
    return start < end ? [partOf(whole, start, end)] : [];
  }
  const parts: number[][] = [];
  split(whole, box, 2 * Math.max(box.right - box.left, box.bottom - box.top, 200), parts, 0);
  return parts;
}

/** Whether one coordinate only grows, or only shrinks, along a piece. */
function steady(piece: readonly number[], side: 0 | 1): boolean {
  const [a, b, c, d] = [n(piece, side), n(piece, side + 2), n(piece, side + 4), n(piece, side + 6)];
  return (a <= b && b <= c && c <= d) || (a >= b && b >= c && c >= d);
}

/** Halvings of a steady piece: finer than a pixel of the longest link. */
const halvings = 18;

/** From which share of a steady piece to which a coordinate is between two values; the first is the larger one when it never is. */
function shareWithin(piece: readonly number[], side: 0 | 1, low: number, high: number): [number, number] {
  const [a, d] = [n(piece, side), n(piece, side + 6)];
  const rising = a <= d;
  const [first, last] = rising ? [low, high] : [high, low];
  const past = (value: number, limit: number) => (rising ? value > limit : value < limit);
  if (past(a, last) || past(first, d)) return [1, 0];
  return [past(first, a) ? shareOf(piece, side, first, 0) : 0, past(d, last) ? shareOf(piece, side, last, 1) : 1];
}

/** The share at which a steady piece takes a value, a little before it (`after` 0) or behind it (1). */
function shareOf(piece: readonly number[], side: 0 | 1, value: number, after: 0 | 1): number {
  const [a, b, c, d] = [n(piece, side), n(piece, side + 2), n(piece, side + 4), n(piece, side + 6)];
  const rising = a <= d;
  let from = 0;
  let to = 1;
  for (let step = 0; step < halvings; step++) {
    const t = (from + to) / 2;
    const u = 1 - t;
    const there = u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
    if (rising ? there < value : there > value) from = t;
    else to = t;
  }
  return after === 0 ? from : to;
}

/** What of a piece is between two shares of it (de Casteljau, as a blossom). */
function partOf(piece: readonly number[], start: number, end: number): number[] {
  const part: number[] = [];
  for (const [r, s, t] of [
    [start, start, start],
    [start, start, end],
    [start, end, end],
    [end, end, end],
  ] as const)
    part.push(blossom(piece, 0, r, s, t), blossom(piece, 1, r, s, t));
  return part;
}

function blossom(piece: readonly number[], side: 0 | 1, r: number, s: number, t: number): number {
  const [a, b, c, d] = [n(piece, side), n(piece, side + 2), n(piece, side + 4), n(piece, side + 6)];
  const [ab, bc, cd] = [a + (b - a) * r, b + (c - b) * r, c + (d - c) * r];
  const [abc, bcd] = [ab + (bc - ab) * s, bc + (cd - bc) * s];
  return abc + (bcd - abc) * t;
}

const deepestSplit = 10;

/** For pieces that turn round. */
function split(part: number[], box: Box, reach: number, parts: number[][], depth: number): void {
  const [left, right] = span(part, 0);
  const [top, bottom] = span(part, 1);
  if (left > box.right || right < box.left || top > box.bottom || bottom < box.top) return;
  if (depth === deepestSplit || Math.max(right - left, bottom - top) <= reach) {
    parts.push(part);
    return;
  }
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = part;
  const ax = (x0 + x1) / 2;
  const ay = (y0 + y1) / 2;
  const mx = (x1 + x2) / 2;
  const my = (y1 + y2) / 2;
  const bx = (x2 + x3) / 2;
  const by = (y2 + y3) / 2;
  const cx = (ax + mx) / 2;
  const cy = (ay + my) / 2;
  const dx = (mx + bx) / 2;
  const dy = (my + by) / 2;
  const x = (cx + dx) / 2;
  const y = (cy + dy) / 2;
  split([x0, y0, ax, ay, cx, cy, x, y], box, reach, parts, depth + 1);
  split([x, y, dx, dy, bx, by, x3, y3], box, reach, parts, depth + 1);
}

/** Distance from a point to the curve, in map units. */
export function distanceTo(curve: readonly number[], point: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (let piece = 0; piece < pieceCount(curve); piece++) {
    let from = cubicAt(curve, piece, 0);
    for (let step = 1; step <= steps; step++) {
      const to = cubicAt(curve, piece, step / steps);
      least = Math.min(least, distanceToLine(from, to, point));
      from = to;
    }
  }
  return least;
}

function distanceToLine(a: Point, b: Point, point: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}

/** The places at some shares (0 to 1) of the curve's length, in the order asked. */
export function pointsAlong(curve: readonly number[], shares: readonly number[]): Point[] {
  const places: Point[] = [cubicAt(curve, 0, 0)];
  const lengths: number[] = [0];
  for (let piece = 0; piece < pieceCount(curve); piece++)
    for (let step = 1; step <= steps; step++) {
      const before = places.at(-1) as Point;
      const place = cubicAt(curve, piece, step / steps);
      lengths.push((lengths.at(-1) as number) + Math.hypot(place.x - before.x, place.y - before.y));
      places.push(place);
    }
  const whole = lengths.at(-1) as number;
  return shares.map((share) => {
    const wanted = share * whole;
    const next = Math.max(
      1,
      lengths.findIndex((length) => length >= wanted),
    );
    const from = places[next - 1] as Point;
    const to = places[next] as Point;
    const start = lengths[next - 1] as number;
    const t = (wanted - start) / ((lengths[next] as number) - start || 1);
    return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
  });
}

/** Where a curve begins and where it ends. */
export function endPlaces(curve: readonly number[]): { from: Point; to: Point } {
  return {
    from: { x: n(curve, 0), y: n(curve, 1) },
    to: { x: n(curve, curve.length - 2), y: n(curve, curve.length - 1) },
  };
}

/** Tip and the two barbs of an arrowhead at the end of the curve: x y, three times. */
export function arrowhead(
  curve: readonly number[],
  length: number,
  width: number,
): [number, number, number, number, number, number] {
  const last = curve.length;
  const tip = { x: n(curve, last - 2), y: n(curve, last - 1) };
  // The direction a little before the end follows the eye better than the exact tangent.
  const before = cubicAt(curve, pieceCount(curve) - 1, 0.92);
  const away = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const dx = (tip.x - before.x) / away;
  const dy = (tip.y - before.y) / away;
  const base = { x: tip.x - dx * length, y: tip.y - dy * length };
  const half = width / 2;
  return [tip.x, tip.y, base.x - dy * half, base.y + dx * half, base.x + dy * half, base.y - dx * half];
}

/** Curves are built here and are never ragged; the index is always inside. */
function n(values: readonly number[], at: number): number {
  return values[at] as number;
}
