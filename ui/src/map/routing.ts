/**
 * The curve of a link: level through the places the layout gave it, cubic between them, straight
 * from card to card when there are none. Links between cards that stand one above the other go down,
 * or bow out on the right. It finds no way around anything: the layout did.
 */
import { pieceBoxes, wholeBox } from "./geometry";
import type { Ports } from "./ports";
import type { Box, LinkCourse, Points, Route, SceneCard } from "./scene";

type Place = { x: number; y: number };

/** Room between two columns that a passing link may curve in, on each side. */
const clearance = 4;
/** What bows out, and what comes back to where it begins, is pulled no further than this. */
const mostBow = 64;
const loop = 44;
/** The share of its pull that a bow comes out. */
const bowShare = 0.75;

/** Cards are all of one width, but for those in folded stages. */
function spreadOf(card: SceneCard): number {
  return card.spread ?? card.width;
}

/** By where the cards stand, whatever stage they belong to. */
export function courseOf(from: SceneCard, to: SceneCard): LinkCourse {
  if (to.x >= from.x + from.width) return "forward";
  return to.x + to.width <= from.x ? "back" : "within";
}

/** Of the places a link passes, those that are still ahead of its start and short of its end: a hand may hold either card. */
export function passed(points: Points, from: SceneCard, to: SceneCard): Points {
  if (points.length === 0) return points;
  const half = spreadOf(from) / 2 + clearance;
  const course = courseOf(from, to);
  if (course === "within") return [];
  const low = course === "forward" ? from.x + from.width : to.x + to.width;
  const high = course === "forward" ? to.x : from.x;
  return points.filter(([x]) => x - half >= low && x + half <= high);
}

/** The room between two cards of one column; null when they stand side by side or touch. */
export function between(from: SceneCard, to: SceneCard): Box | null {
  if (Math.abs(from.x - to.x) > from.width / 2) return null;
  const upper = from.y < to.y ? from : to;
  const lower = upper === from ? to : from;
  const top = upper.y + upper.height;
  if (lower.y - top < 4) return null;
  return { left: Math.max(from.x, to.x), right: Math.min(from.x + from.width, to.x + to.width), top, bottom: lower.y };
}

/**
 * The room that the curve of a link stays about within, without looking for its way: out of it by what ports and
 * lanes are off the middle.
 */
export function roomFor(from: SceneCard, to: SceneCard, points: Points): Box {
  const course = from.id === to.id ? "itself" : courseOf(from, to);
  const out = course === "within" ? bowed(from.y - to.y) * bowShare : course === "itself" ? loop : 0;
  const room = {
    left: Math.min(from.x, to.x),
    right: Math.max(from.x + from.width, to.x + to.width) + out,
    top: Math.min(from.y, to.y) - (course === "itself" ? loop : 0),
    bottom: Math.max(from.y + from.height, to.y + to.height),
  };
  for (const [, y] of points) {
    if (y < room.top) room.top = y;
    if (y > room.bottom) room.bottom = y;
  }
  return room;
}

/**
 * `lane`: how far beside the given places this link runs, for links that share them.
 * `straightDown`: the cards stand one above the other with nothing between.
 */
export function routed(
  from: SceneCard,
  to: SceneCard,
  points: Points,
  ports: Ports,
  lane: number,
  straightDown: boolean,
): Route {
  const course = courseOf(from, to);
  const curve =
    from.id === to.id
      ? toItself(from)
      : course !== "within"
        ? along(from, to, points, ports, lane, course)
        : straightDown
          ? down(from, to, lane)
          : bow(from, to, ports);
  const boxes = pieceBoxes(curve);
  return { course, curve, boxes, box: wholeBox(boxes) };
}

function along(from: SceneCard, to: SceneCard, points: Points, ports: Ports, lane: number, course: LinkCourse) {
  const ahead = course === "forward" ? 1 : -1;
  const half = (spreadOf(from) / 2) * ahead;
  const end = { x: ahead > 0 ? to.x : to.x + to.width, y: middle(to) + ports.arrive };
  const curve = [ahead > 0 ? from.x + from.width : from.x, middle(from) + ports.leave];
  for (const [x, y] of passed(points, from, to)) {
    across(curve, { x: x - half, y: y + lane });
    across(curve, { x: x + half, y: y + lane });
  }
  across(curve, end);
  return curve;
}

/** One more piece, level at both ends. A level piece after a level piece makes the first one longer. */
function across(curve: number[], { x, y }: Place): void {
  const fromX = curve.at(-2) as number;
  const fromY = curve.at(-1) as number;
  const flat = Math.abs(y - fromY) < 0.01;
  const wasFlat = curve.length > 2 && Math.abs((curve.at(-7) as number) - fromY) < 0.01;
  if (flat && wasFlat) {
    curve.splice(-6);
    across(curve, { x, y });
    return;
  }
  const pull = (x - fromX) / 2;
  curve.push(fromX + pull, fromY, x - pull, y, x, y);
}

function down(from: SceneCard, to: SceneCard, lane: number): number[] {
  const below = to.y > from.y;
  const x = from.x + from.width / 2 + lane;
  const y = below ? from.y + from.height : from.y;
  const endX = to.x + to.width / 2 + lane;
  const endY = below ? to.y : to.y + to.height;
  return [x, y, x, (y + endY) / 2, endX, (y + endY) / 2, endX, endY];
}

function bow(from: SceneCard, to: SceneCard, { leave, arrive }: Ports): number[] {
  const first = { x: from.x + from.width, y: middle(from) + leave };
  const last = { x: to.x + to.width, y: middle(to) + arrive };
  const out = Math.max(first.x, last.x) + bowed(last.y - first.y);
  return [first.x, first.y, out, first.y, out, last.y, last.x, last.y];
}

/** How far a bow is pulled out for its height. */
function bowed(height: number): number {
  return Math.min(mostBow, 36 + Math.abs(height) * 0.06);
}

/** Nobody draws one here, but a map may come with one. */
function toItself({ x, y, width }: SceneCard): number[] {
  const right = x + width;
  return [right, y + 20, right + loop, y + 20, right - 32, y - loop, right - 32, y];
}

function middle(card: SceneCard): number {
  return card.y + card.height / 2;
}
