/**
 * Where the call to action of each link can stand: near the middle of its curve, clear of cards with all that is drawn
 * around them, and of other labels. A label without room is cut, and left out before it is a stump; the tooltip says it.
 * Places depend on the map alone, never on the window, so that labels do not jump while one pans.
 */
import { pointsAlong } from "./geometry";
import { type Box, cardBox, grow, type Point, type SceneCard, type SceneLink, touches } from "./scene";
import { SpatialIndex } from "./spatialIndex";
import type { TextMeasure } from "./text";

export type PlacedLabel = { link: string; text: string; x: number; y: number; box: Box };
/** Words in the hand; `font` null: they are set as they rest. */
export type LabelInHand = PlacedLabel & { font: string | null };
/**
 * How words in the hand are set. They are measured in one font (`measured`) and drawn `scale` times as large (`font`):
 * their room grows with them, so zooming measures nothing anew. `seen`: words at rest are in the picture. `legible`:
 * they are, or would be, large enough to be read.
 */
export type Hand = { font: string; measured: string; scale: number; seen: boolean; legible: boolean };
/** What the place was found for, and how far from cards it was sought. */
type Kept = PlacedLabel & { curve: readonly number[]; label: string; reach: number };
/** How words are set, the longest first; and what of the map they must not touch. */
type Setting = {
  measured: string;
  scale: number;
  texts: () => Iterable<string>;
  reaches: readonly number[];
  taken: (box: Box) => boolean;
  /** Where the middle of words of this half width may stand that belong to a place of the curve. */
  beside: Beside;
};

type Beside = (x: number, halfWidth: number) => readonly number[];

type Things = { cards: ReadonlyMap<string, SceneCard>; links: ReadonlyMap<string, SceneLink> };

/** Shares of the curve's length that are tried, in turn. */
const shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.14];
/** In the hand words rather slide along their link than be cut: the nearer to the middle, the better. */
const handShares = Array.from({ length: 21 }, (_, at) => 0.5 + Math.ceil(at / 2) * (at % 2 === 0 ? 0.04 : -0.04));
/** Words over others are pushed aside by so much for want of room, as long as they hide all of these. */
const nudges = [0, -2, 2, -4, 4, -6, 6, -8, 8, -10, 10, -12, 12];
/** Widths that are tried, in turn: along a row of cards, beside cards, and between two columns. */
const widths = [200, 148, 92, 72];
const handWidths = [200, 148, 120, 106, 92, 82, 72];
const height = 16;
const clearance = 3;
/**
 * What is cut says something while it keeps more than this share of its letters, or so many of them: the end of a call
 * to action is what tells it from the next. With less it is left out, rather than shown as a stump.
 */
const leastShare = 2 / 3;
const enoughLetters = 16;

/** Above this many links words in the hand are not sought anew, but stand where they rest. */
export const mostInHand = 60;

/**
 * How far from a card words keep, in turn: beyond the rings of selection and focus, and beyond its edge, so that there
 * is room for them between one card of a column and the next.
 */
export const ringReach = 10;
export const edgeReach = 3.5;
/** The doubled edge of an ultimate destination, and with it the rings, are this much further out. */
const doubled = 3.5;
/** As far as a column's ground reaches beyond its cards. */
const besideColumn = 54;
/** Words beside a line keep so far from it: its arrowhead has room. */
const besideLine = 8;
/** As far as a badge, or the sign of what is contested, reaches out of its corner and into the card. */
const badgeOut = 13;
const badgeIn = 16;
const digit = 8;

/** A map full of labels is shown before all of them have a place; what an edit touches has one at once. */
const time = 5;

export class Labels {
  /** Links whose label has no place yet. */
  readonly #open = new Set<string>();
  readonly #placed = new Map<string, Kept>();
  readonly #index = new SpatialIndex<Kept>();
  readonly #things: Things;
  readonly #cardIndex: SpatialIndex<SceneCard>;
  readonly #linkIndex: SpatialIndex<SceneLink>;
  readonly #text: TextMeasure;
  #font: string;
  /** Words in the hand, and what they were placed for. */
  #hand: { links: readonly string[]; font: string; seen: boolean; labels: readonly LabelInHand[] } | null = null;

  constructor(
    things: Things,
    indexes: { cards: SpatialIndex<SceneCard>; links: SpatialIndex<SceneLink> },
    text: TextMeasure,
    font: string,
  ) {
    this.#things = things;
    this.#cardIndex = indexes.cards;
    this.#linkIndex = indexes.links;
    this.#text = text;
    this.#font = font;
  }

  get(link: string): PlacedLabel | undefined {
    return this.#placed.get(link);
  }

  within(box: Box): PlacedLabel[] {
    return this.#index.things(box);
  }

  clear(): void {
    this.#placed.clear();
    this.#index.clear();
    this.#open.clear();
    this.#hand = null;
  }

  /** Labels are still being placed. */
  get waiting(): boolean {
    return this.#open.size > 0;
  }

  measureAgain(font: string): void {
    this.clear();
    this.#font = font;
    this.#text.forget();
    this.settle(this.#things.links.keys(), []);
  }

  /**
   * Follows a change: `links` may be new, other or gone, and in `areas` cards came, went or moved. A
   * label whose link runs as it did stays while its place is free. Answers where the picture changed.
   */
  settle(links: Iterable<string>, areas: readonly Box[]): Box[] {
    const dirty: Box[] = [];
    for (const id of links) if (!this.#stays(id)) this.#lift(id, dirty);
    for (const area of areas) {
      for (const id of this.#index.query(area)) {
        const kept = this.#placed.get(id) as Kept;
        if (this.#hidesCard(grow(kept.box, -clearance), kept.reach)) this.#lift(id, dirty);
      }
      for (const id of this.#linkIndex.query(area)) if (!this.#placed.has(id)) this.#open.add(id);
    }
    dirty.push(...this.work());
    return dirty;
  }

  /** Finds places for labels that have none, for a few milliseconds. Answers where the picture changed. */
  work(): Box[] {
    const dirty: Box[] = [];
    const deadline = performance.now() + time;
    this.#hand = null;
    for (const id of this.#open) {
      this.#open.delete(id);
      const label = this.#rest(id);
      if (label !== null) {
        this.#placed.set(id, label);
        this.#index.set(id, label.box, label);
        dirty.push(label.box);
      }
      if (performance.now() > deadline) break;
    }
    return dirty;
  }

  /**
   * Words that are to be read now, as far as they are in `box`, in a larger font where there is room for that: over the
   * words that rest where those are seen, else anywhere along their link. They hide no card, not each other and no other
   * words that are seen. Words of a crowd stand where they rest, when they can be read there.
   */
  inHand(links: ReadonlySet<string>, hand: Hand, box: Box): readonly LabelInHand[] {
    if (links.size <= mostInHand) return this.#allInHand(links, hand).filter((label) => touches(label.box, box));
    if (!hand.legible) return [];
    return this.within(box).flatMap((label) => (links.has(label.link) ? { ...label, font: null } : []));
  }

  /** Where words in the hand stand, wherever the window is: found once for as long as the hand and the map stay. */
  #allInHand(links: ReadonlySet<string>, hand: Hand): readonly LabelInHand[] {
    const kept = this.#hand;
    const same = kept?.font === hand.font && kept.seen === hand.seen && kept.links.length === links.size;
    if (same && kept.links.every((id) => links.has(id))) return kept.labels;
    const placed: LabelInHand[] = [];
    for (const id of links) {
      const label = this.#oneInHand(id, hand, placed);
      if (label !== null) placed.push(label);
    }
    this.#hand = { links: [...links], font: hand.font, seen: hand.seen, labels: placed };
    return placed;
  }

  #oneInHand(id: string, hand: Hand, others: readonly LabelInHand[]): LabelInHand | null {
    const { font, measured, scale, seen } = hand;
    const link = this.#things.links.get(id);
    if (link === undefined || link.label === "") return null;
    const rests = seen ? this.#placed.get(id) : undefined;
    const taken = (box: Box) =>
      (rests && !hidesWords(box, rests, Math.min(1, scale))) ||
      others.some((other) => touches(other.box, box)) ||
      (seen && this.#index.some(box, (other) => other !== id));
    // What is set smaller than at rest has the same room, and more words in it.
    const rooms = handWidths.map((width) => width / Math.min(1, scale));
    const cuts = () => this.#cuts(link.label, measured, rooms);
    // Words that are seen already are not cut further for being larger.
    const texts = rests ? () => atLeastAsLong(rests.text, cuts()) : cuts;
    const beside = rests ? over : besideOf(link.curve);
    const setting = { measured, scale, texts, reaches: [ringReach], taken, beside };
    const places = rests ? nudges.map((by) => ({ x: rests.x + by, y: rests.y })) : pointsAlong(link.curve, handShares);
    const label = this.#place(link, setting, places);
    if (label !== null) return { ...label, font };
    return rests ? { ...rests, font: null } : null;
  }

  #stays(id: string): boolean {
    const kept = this.#placed.get(id);
    const link = this.#things.links.get(id);
    return kept !== undefined && kept.curve === link?.curve && kept.label === link.label;
  }

  #lift(id: string, dirty: Box[]): void {
    const kept = this.#placed.get(id);
    if (kept !== undefined) dirty.push(kept.box);
    this.#placed.delete(id);
    this.#index.delete(id);
    this.#open.add(id);
  }

  #rest(id: string): Kept | null {
    const link = this.#things.links.get(id);
    if (link === undefined || link.label === "") return null;
    const taken = (box: Box) => this.#index.any(box);
    const texts = () => this.#cuts(link.label, this.#font, widths);
    const reaches = [ringReach, edgeReach];
    const setting = { measured: this.#font, scale: 1, texts, reaches, taken, beside: besideOf(link.curve) };
    return this.#place(link, setting, pointsAlong(link.curve, shares));
  }

  /** The words, and what is left of them when they are cut to each of the rooms; never so little that it says nothing. */
  *#cuts(label: string, font: string, rooms: readonly number[]): Generator<string> {
    let before = "";
    for (const room of rooms) {
      const text = this.#text.cut(label, font, room);
      if (text === before || saysNothing(text, label)) continue;
      before = text;
      yield text;
    }
  }

  /** Clear of rings; else, rather than be cut, as near to cards as their edges allow; cut only where neither is free. */
  #place(link: SceneLink, setting: Setting, places: readonly Point[]): Kept | null {
    const { measured, scale } = setting;
    const half = (height / 2) * scale;
    // Where not even a letter has room, no words need to be tried.
    const grounds = setting.reaches.map((reach) => ({
      reach,
      open: places.filter(({ x, y }) => !this.#hidesCard(around(x, y, 0, half), reach)),
    }));
    for (const text of setting.texts()) {
      const halfWidth = (this.#text.width(text, measured) / 2) * scale;
      for (const { reach, open } of grounds)
        for (const place of open)
          for (const x of setting.beside(place.x, halfWidth)) {
            const { y } = place;
            const bare = around(x, y, halfWidth, half);
            const box = grow(bare, clearance);
            if (this.#hidesCard(bare, reach) || setting.taken(box)) continue;
            return { link: link.id, curve: link.curve, label: link.label, text, x, y, box, reach };
          }
    }
    return null;
  }

  #hidesCard(box: Box, reach: number): boolean {
    return this.#cardIndex.some(grow(box, badgeOut + doubled), (id) => {
      const card = this.#things.cards.get(id);
      return card !== undefined && hides(box, card, reach);
    });
  }
}

const over: Beside = (x) => [x];

/**
 * Words stand over the line of their link. On one that runs straight down from card to card they would hide all of it:
 * they stand beside it. On one that bows out of a column they neither reach into the cards nor, as far as they can help
 * it, out of the column.
 */
function besideOf(curve: readonly number[]): Beside {
  const [x0 = 0, , x1 = 0, , x2 = 0, , x3 = 0] = curve;
  if (curve.length !== 8 || x1 < x0 || x2 < x3) return over;
  if (x1 === x0 && x2 === x3) return (x, halfWidth) => [x + besideLine + halfWidth, x - besideLine - halfWidth];
  const cards = Math.max(x0, x3);
  const nearest = cards + ringReach;
  return (x, halfWidth) => [
    x < nearest ? x : Math.max(nearest + halfWidth, Math.min(x, cards + besideColumn - halfWidth)),
  ];
}

function around(x: number, y: number, halfWidth: number, halfHeight: number): Box {
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
}

/** The cuts that are longer than the words that are seen, and then these. */
function* atLeastAsLong(seen: string, cuts: Iterable<string>): Generator<string> {
  for (const text of cuts) {
    if (text.length <= seen.length) break;
    yield text;
  }
  yield seen;
}

/** Whether words in a box lie over all of the words that rest, drawn in a size between none and that of their room. */
function hidesWords({ left, right }: Box, { x, box }: PlacedLabel, scale: number): boolean {
  const half = ((box.right - box.left) / 2 - clearance) * scale - 1;
  return left + clearance <= x - half && right - clearance >= x + half;
}

function saysNothing(text: string, label: string): boolean {
  const left = letters(text);
  const all = letters(label);
  return left < all && left < enoughLetters && left <= all * leastShare;
}

function letters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** Whether words in a box would touch a card, up to `reach` around it, or a sign on one of its corners. */
export function hides(box: Box, card: SceneCard, reach: number): boolean {
  const body = cardBox(card);
  if (touches(grow(body, card.kind === "ultimate" ? reach + doubled : reach), box)) return true;
  const top = { top: body.top - badgeOut, bottom: body.top + badgeOut };
  if (card.contested && touches({ ...top, left: body.left - badgeOut, right: body.left + badgeIn }, box)) return true;
  if (card.badge === null) return false;
  const count = card.badge.count > 1 ? String(card.badge.count).length * digit : 0;
  return touches({ ...top, left: body.right - badgeIn - count, right: body.right + badgeOut }, box);
}
