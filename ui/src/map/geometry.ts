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
  for (let at = 0; at + 7 < curve.length; at += 6)
    boxes.push(extreme(curve, at, -1), extreme(curve, at + 1, -1), extreme(curve, at, 1), extreme(curve, at + 1, 1));
  return boxes;
}

/** Greatest value of one coordinate along a cubic piece; `sign` -1: least. */
function extreme(curve: readonly number[], at: number, sign: 1 | -1): number {
  const p0 = n(curve, at) * sign;
  const p1 = n(curve, at + 2) * sign;
  const p2 = n(curve, at + 4) * sign;
  const p3 = n(curve, at + 6) * sign;
  let most = Math.max(p0, p3);
  if (p1 <= most && p2 <= most) return most * sign;
  const a = -p0 + 3 * p1 - 3 * p2 + p3;
  const b = 2 * (p0 - 2 * p1 + p2);
  const c = p1 - p0;
  for (const t of roots(a, b, c)) {
    if (t <= 0 || t >= 1) continue;
    const u = 1 - t;
    most = Math.max(most, u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3);
  }
  return most * sign;
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
  if (link.boxes.length === 4) return true;
  for (let piece = 0; piece * 4 < link.boxes.length; piece++) if (pieceTouches(link, piece, box)) return true;
  return false;
}

export function pieceTouches({ boxes }: SceneLink, piece: number, box: Box): boolean {
  const at = piece * 4;
  return (
    n(boxes, at) <= box.right &&
    box.left <= n(boxes, at + 2) &&
    n(boxes, at + 1) <= box.bottom &&
    box.top <= n(boxes, at + 3)
  );
}

/**
 * The parts of a piece that may be seen in `box`, as cubic pieces of their own (eight numbers each).
 * They lie on the piece. For pieces much longer than a window: painting the rest is wasted.
 */
export function partsWithin(curve: readonly number[], piece: number, box: Box): number[][] {
  const at = piece * 6;
  const x0 = n(curve, at);
  const y0 = n(curve, at + 1);
  const x1 = n(curve, at + 2);
  const y1 = n(curve, at + 3);
  const x2 = n(curve, at + 4);
  const y2 = n(curve, at + 5);
  const x3 = n(curve, at + 6);
  const y3 = n(curve, at + 7);
  if (steady(x0, x1, x2, x3) && steady(y0, y1, y2, y3)) {
    const start = Math.max(enters(x0, x1, x2, x3, box.left, box.right), enters(y0, y1, y2, y3, box.top, box.bottom));
    const rest = Math.max(enters(x3, x2, x1, x0, box.left, box.right), enters(y3, y2, y1, y0, box.top, box.bottom));
    const end = 1 - rest;
    if (start >= end) return [];
    const part = [];
    for (let corner = 0; corner < 4; corner++) {
      const r = corner > 2 ? end : start;
      const s = corner > 1 ? end : start;
      const t = corner > 0 ? end : start;
      part.push(blossom(x0, x1, x2, x3, r, s, t), blossom(y0, y1, y2, y3, r, s, t));
    }
    return [part];
  }
  const parts: number[][] = [];
  const reach = 2 * Math.max(box.right - box.left, box.bottom - box.top, 200);
  split([x0, y0, x1, y1, x2, y2, x3, y3], box, reach, parts, 0);
  return parts;
}

/** Whether a coordinate only grows, or only shrinks, along a piece. */
function steady(a: number, b: number, c: number, d: number): boolean {
  return (a <= b && b <= c && c <= d) || (a >= b && b >= c && c >= d);
}

/** Halvings of a steady piece: what is cut too far out is a thousandth of it. */
const halvings = 10;

/** The share of a steady piece a little before which a coordinate comes between two values; 2: it never does. */
function enters(a: number, b: number, c: number, d: number, low: number, high: number): number {
  const limit = a <= d ? low : high;
  const sign = a <= d ? 1 : -1;
  if ((a - limit) * sign >= 0) return (a - (a <= d ? high : low)) * sign > 0 ? 2 : 0;
  if ((d - limit) * sign < 0) return 2;
  let from = 0;
  let to = 1;
  for (let step = 0; step < halvings; step++) {
    const t = (from + to) / 2;
    const u = 1 - t;
    const there = u * u * u * a + 3 * u * t * (u * b + t * c) + t * t * t * d;
    if ((there - limit) * sign < 0) from = t;
    else to = t;
  }
  return from;
}

/** A corner of what lies between two shares of a piece, in one coordinate (de Casteljau). */
function blossom(a: number, b: number, c: number, d: number, r: number, s: number, t: number): number {
  const ab = a + (b - a) * r;
  const bc = b + (c - b) * r;
  const cd = c + (d - c) * r;
  const abc = ab + (bc - ab) * s;
  return abc + (bc + (cd - bc) * s - abc) * t;
}

const deepestSplit = 10;

/** For pieces that turn round. */
function split(part: number[], box: Box, reach: number, parts: number[][], depth: number): void {
  const left = extreme(part, 0, -1);
  const right = extreme(part, 0, 1);
  const top = extreme(part, 1, -1);
  const bottom = extreme(part, 1, 1);
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
