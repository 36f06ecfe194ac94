/**
 * Where a link runs: smooth cubic curves from a card's right edge to the next card's left edge,
 * through the free rows of the columns between; links within a column bow out on the right; links
 * back to an earlier column loop below. It reads cards and columns and nothing else.
 */
import { pieceBoxes, wholeBox } from "./geometry";
import { columnAt, type LinkCourse, type Route, type Routes, type SceneCard, type SceneColumn } from "./scene";

/** What a link is before it has a way. */
export type LinkEnds = { id: string; from: string; to: string };

/** Free space a link keeps from the cards it passes. */
const clearance = 10;
const mostPortGap = 12;
/** Back-links leave and arrive this far from the corner, and run this far below the card. */
const cornerPort = 30;
const below = 11;

type Lane = { left: number; right: number; blocked: readonly [number, number][] };
type Span = { start: number; end: number };
type Side = "left" | "right" | "bottom";
type Cards = ReadonlyMap<string, SceneCard>;

/** The ways past a set of cards. Made once for a scene; asked for each link. */
export class Router implements Routes {
  #cards: Cards;
  #columns: readonly SceneColumn[];
  #lanes: Lane[];
  #places: ReadonlyMap<string, number>;
  #ports = new Map<string, Offsets>();
  #sameLanes: { before: Router; same: boolean[] } | null = null;

  constructor(cards: Cards, columns: readonly SceneColumn[], links: Iterable<LinkEnds>) {
    this.#cards = cards;
    this.#columns = [...columns].sort((a, b) => a.x - b.x);
    const places = new Map<string, number>();
    for (const card of cards.values()) places.set(card.id, this.#columnOf(card));
    this.#places = places;
    this.#lanes = lanesOf(this.#columns.length, cards, places);
    this.#assignPorts(links);
  }

  route(link: LinkEnds, moved?: Cards): Route | null {
    const from = moved?.get(link.from) ?? this.#cards.get(link.from);
    const to = moved?.get(link.to) ?? this.#cards.get(link.to);
    if (from === undefined || to === undefined) return null;
    const start = moved?.has(link.from) ? this.#columnOf(from) : (this.#places.get(from.id) ?? 0);
    const end = moved?.has(link.to) ? this.#columnOf(to) : (this.#places.get(to.id) ?? 0);
    const course: LinkCourse = start === end ? "within" : start < end ? "forward" : "back";
    const { leave, arrive } = this.#ports.get(link.id) ?? inTheMiddle;
    const curve =
      course === "forward"
        ? this.#forward(from, to, start, end, leave, arrive)
        : course === "back"
          ? this.#back(from, to, start, end, leave, arrive)
          : within(from, to, leave, arrive, this.#neighbours(from, to, start));
    const boxes = pieceBoxes(curve);
    return { course, curve, boxes, box: wholeBox(boxes) };
  }

  /** Would `before` have given the same way? Cheaper to answer than to find the way again. */
  sameAs(before: Router, link: LinkEnds): boolean {
    const from = this.#cards.get(link.from);
    const to = this.#cards.get(link.to);
    if (!sameSpot(from, before.#cards.get(link.from)) || !sameSpot(to, before.#cards.get(link.to))) return false;
    const here = this.#spanOf(link);
    const there = before.#spanOf(link);
    if (here.start !== there.start || here.end !== there.end) return false;
    const now = this.#ports.get(link.id);
    const then = before.#ports.get(link.id);
    if (now?.leave !== then?.leave || now?.arrive !== then?.arrive) return false;
    if (this.#sameLanes?.before !== before) this.#sameLanes = { before, same: this.#compareLanes(before) };
    const { same } = this.#sameLanes;
    for (let lane = Math.min(here.start, here.end); lane <= Math.max(here.start, here.end); lane++)
      if (!same[lane]) return false;
    return true;
  }

  #spanOf(link: LinkEnds): Span {
    return { start: this.#places.get(link.from) ?? 0, end: this.#places.get(link.to) ?? 0 };
  }

  #compareLanes(before: Router): boolean[] {
    return this.#lanes.map((lane, place) => {
      const other = before.#lanes[place];
      return (
        other !== undefined &&
        lane.left === other.left &&
        lane.right === other.right &&
        lane.blocked.length === other.blocked.length &&
        lane.blocked.every(([low, high], at) => low === other.blocked[at]?.[0] && high === other.blocked[at]?.[1])
      );
    });
  }

  #columnOf(card: SceneCard): number {
    const column = columnAt(this.#columns, card.x + card.width / 2);
    return column === null ? 0 : this.#columns.indexOf(column);
  }

  #forward(from: SceneCard, to: SceneCard, start: number, end: number, leave: number, arrive: number) {
    const first = { x: from.x + from.width, y: middle(from) + leave };
    const last = { x: to.x, y: middle(to) + arrive };
    const curve = [first.x, first.y];
    for (let place = start + 1; place < end; place++) {
      const lane = this.#lanes[place];
      if (lane === undefined || lane.left <= (curve.at(-2) ?? 0) || lane.right >= last.x) continue;
      const share = ((lane.left + lane.right) / 2 - first.x) / (last.x - first.x);
      const y = freeRow(lane, first.y + (last.y - first.y) * share);
      across(curve, lane.left - clearance, y);
      across(curve, lane.right + clearance, y);
    }
    across(curve, last.x, last.y);
    return curve;
  }

  /** Down from the near corner into the row below, level through the columns between, up into the other's near corner. */
  #back(from: SceneCard, to: SceneCard, start: number, end: number, leave: number, arrive: number): number[] {
    const first = { x: from.x + Math.max(12, cornerPort + leave), y: from.y + from.height };
    const last = { x: to.x + to.width - Math.max(12, cornerPort - arrive), y: to.y + to.height };
    const out = { x: from.x - clearance, y: first.y + below };
    const back = { x: to.x + to.width + clearance, y: last.y + below };
    const curve = [first.x, first.y, first.x, out.y, first.x, out.y, out.x, out.y];
    for (let place = start - 1; place > end; place--) {
      const lane = this.#lanes[place];
      if (lane === undefined || lane.right >= out.x || lane.left <= back.x) continue;
      const share = (out.x - (lane.left + lane.right) / 2) / (out.x - back.x || 1);
      const y = freeRow(lane, out.y + (back.y - out.y) * share);
      across(curve, lane.right + clearance, y);
      across(curve, lane.left - clearance, y);
    }
    across(curve, back.x, back.y);
    curve.push(last.x, back.y, last.x, back.y, last.x, last.y);
    return curve;
  }

  /** Two cards of one column with nothing between them. */
  #neighbours(from: SceneCard, to: SceneCard, place: number): boolean {
    const top = Math.min(from.y + from.height, to.y + to.height);
    const bottom = Math.max(from.y, to.y);
    if (bottom - top < 4 || Math.abs(from.x - to.x) > from.width / 2) return false;
    const lane = this.#lanes[place];
    return !(lane?.blocked ?? []).some(([low, high]) => low > top - 4 && high < bottom + 4);
  }

  /** Links that share an edge of a card leave it apart from each other, in the order of their other ends. */
  #assignPorts(links: Iterable<LinkEnds>): void {
    const edges: Record<Side, Map<string, Port[]>> = { left: new Map(), right: new Map(), bottom: new Map() };
    for (const link of links) {
      const from = this.#cards.get(link.from);
      const to = this.#cards.get(link.to);
      if (from === undefined || to === undefined) continue;
      const ahead = (this.#places.get(to.id) ?? 0) - (this.#places.get(from.id) ?? 0);
      const offsets = { leave: 0, arrive: 0 };
      this.#ports.set(link.id, offsets);
      const back = ahead < 0;
      addPort(edges[back ? "bottom" : "right"], from.id, { offsets, end: "leave", toward: back ? to.x : to.y });
      const side = back ? "bottom" : ahead > 0 ? "left" : "right";
      addPort(edges[side], to.id, { offsets, end: "arrive", toward: back ? from.x : from.y });
    }
    const height = this.#cards.values().next().value?.height ?? 64;
    for (const edge of Object.values(edges)) for (const ports of edge.values()) spread(ports, height);
  }
}

type Offsets = { leave: number; arrive: number };
type Port = { offsets: Offsets; end: keyof Offsets; toward: number };

const inTheMiddle: Offsets = { leave: 0, arrive: 0 };

function addPort(edge: Map<string, Port[]>, card: string, port: Port): void {
  const ports = edge.get(card);
  if (ports === undefined) edge.set(card, [port]);
  else ports.push(port);
}

function spread(ports: Port[], height: number): void {
  if (ports.length === 1) return;
  ports.sort((a, b) => a.toward - b.toward);
  const gap = Math.min(mostPortGap, (height - 20) / (ports.length - 1));
  for (const [index, port] of ports.entries()) port.offsets[port.end] = (index - (ports.length - 1) / 2) * gap;
}

function sameSpot(a: SceneCard | undefined, b: SceneCard | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    (a === b || (a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height))
  );
}

function middle(card: SceneCard): number {
  return card.y + card.height / 2;
}

/** One more piece, level at both ends. */
function across(curve: number[], x: number, y: number): void {
  const fromX = curve.at(-2) as number;
  const fromY = curve.at(-1) as number;
  const pull = (x - fromX) * 0.5;
  // A short, tall step needs a longer pull, or it would look like a kink.
  const more = Math.abs(pull) < 28 && Math.abs(y - fromY) > 8 ? Math.sign(pull || 1) * 28 : pull;
  curve.push(fromX + more, fromY, x - more, y, x, y);
}

function within(from: SceneCard, to: SceneCard, leave: number, arrive: number, near: boolean): number[] {
  if (near) {
    const down = to.y > from.y;
    const x = from.x + from.width / 2;
    const y = down ? from.y + from.height : from.y;
    const endX = to.x + to.width / 2;
    const endY = down ? to.y : to.y + to.height;
    return [x, y, x, (y + endY) / 2, endX, (y + endY) / 2, endX, endY];
  }
  const first = { x: from.x + from.width, y: middle(from) + leave };
  const last = { x: to.x + to.width, y: middle(to) + arrive };
  const out = Math.max(first.x, last.x) + Math.min(96, 44 + Math.abs(last.y - first.y) * 0.08);
  return [first.x, first.y, out, first.y, out, last.y, last.x, last.y];
}

function lanesOf(count: number, cards: Cards, places: ReadonlyMap<string, number>): Lane[] {
  const members: SceneCard[][] = Array.from({ length: count }, () => []);
  for (const card of cards.values()) members[places.get(card.id) ?? 0]?.push(card);
  return members.map((inside) => {
    inside.sort((a, b) => a.y - b.y);
    const blocked: [number, number][] = [];
    let left = Number.POSITIVE_INFINITY;
    let right = Number.NEGATIVE_INFINITY;
    for (const card of inside) {
      left = Math.min(left, card.x);
      right = Math.max(right, card.x + card.width);
      const low = card.y - clearance;
      const high = card.y + card.height + clearance;
      const last = blocked.at(-1);
      // Rows that stand closer than two clearances still let a link through their middle.
      if (last !== undefined && low < last[1] - clearance * 1.5) last[1] = Math.max(last[1], high);
      else if (last !== undefined && low < last[1]) {
        const half = (last[1] + low) / 2;
        last[1] = half;
        blocked.push([half, high]);
      } else blocked.push([low, high]);
    }
    return { left, right, blocked };
  });
}

/** The free height nearest to the wanted one in a column of cards. */
function freeRow(lane: Lane, wanted: number): number {
  const { blocked } = lane;
  let low = 0;
  let high = blocked.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if ((blocked[half]?.[1] ?? 0) <= wanted) low = half + 1;
    else high = half;
  }
  const here = blocked[low];
  if (here === undefined || here[0] >= wanted) return wanted;
  return wanted - here[0] < here[1] - wanted ? here[0] : here[1];
}
