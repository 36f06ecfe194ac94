/**
 * Where the call to action of each link can stand: near the middle of its curve, clear of cards with all that is drawn
 * around them, and of other labels. A label without room is cut, and at last left out; the tooltip still says it.
 * Places depend on the map alone, never on the window, so that labels do not jump while one pans.
 */
import { pointsAlong } from "./geometry";
import { type Box, cardBox, grow, type Point, type SceneCard, type SceneLink, touches } from "./scene";
import { SpatialIndex } from "./spatialIndex";
import type { TextMeasure } from "./text";

export type PlacedLabel = { link: string; text: string; x: number; y: number; box: Box };
/** Words in the hand; `font` null: they are set as they rest. */
export type LabelInHand = PlacedLabel & { font: string | null };
/** What the place was found for, and how far from cards it was sought. */
type Kept = PlacedLabel & { curve: readonly number[]; label: string; reach: number };
/** How words are set, and what of the map they must not touch. */
type Setting = {
  font: string;
  height: number;
  widths: readonly number[];
  reaches: readonly number[];
  taken: (box: Box) => boolean;
};

type Things = { cards: ReadonlyMap<string, SceneCard>; links: ReadonlyMap<string, SceneLink> };

/** Shares of the curve's length that are tried, in turn. */
const shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.14];
/** Widths that are tried, in turn: along a row of cards, beside cards, and between two columns. */
const widths = [200, 148, 92, 72];
const height = 16;
const clearance = 3;
/** Height of a line for each unit of its font's size. */
const lineHeight = 1.2;

/** How far from a card words keep, in turn: beyond the rings of selection and focus, and beyond its edge. */
export const ringReach = 10;
export const edgeReach = 4;
/** The doubled edge of an ultimate destination, and with it the rings, are this much further out. */
const doubled = 3.5;
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
  readonly #index = new SpatialIndex();
  readonly #things: Things;
  readonly #cardIndex: SpatialIndex;
  readonly #linkIndex: SpatialIndex;
  readonly #text: TextMeasure;
  #font: string;
  /** Words in the hand, and what they were placed for. */
  #hand: { key: string; labels: readonly LabelInHand[] } | null = null;

  constructor(things: Things, indexes: { cards: SpatialIndex; links: SpatialIndex }, text: TextMeasure, font: string) {
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
    return this.#index.query(box).map((id) => this.#placed.get(id) as Kept);
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
      if (label === null) continue;
      this.#placed.set(id, label);
      this.#index.set(id, label.box);
      dirty.push(label.box);
      if (performance.now() > deadline) break;
    }
    return dirty;
  }

  /**
   * Words that are to be read now, in a larger font where there is room for that: over the words that rest where those
   * are seen (`seen`), else anywhere along their link. They hide no card, not each other and no other words that are seen.
   */
  inHand(links: readonly string[], font: string, size: number, seen: boolean): readonly LabelInHand[] {
    const key = `${font} ${seen} ${links.join(" ")}`;
    if (this.#hand?.key === key) return this.#hand.labels;
    const placed: LabelInHand[] = [];
    for (const id of links) {
      const link = this.#things.links.get(id);
      if (link === undefined || link.label === "") continue;
      const rests = this.#placed.get(id);
      const taken = (box: Box) =>
        placed.some((other) => touches(other.box, box)) || (seen && this.#index.some(box, (other) => other !== id));
      const setting = { font, height: size * lineHeight, reaches: [ringReach], taken };
      // Words that are seen already are not cut further for being larger.
      const label =
        rests && seen
          ? this.#place({ ...link, label: rests.text }, { ...setting, widths: [Number.POSITIVE_INFINITY] }, [rests])
          : this.#place(link, { ...setting, widths }, pointsAlong(link.curve, shares));
      if (label !== null) placed.push({ ...label, font });
      else if (rests && seen) placed.push({ ...rests, font: null });
    }
    this.#hand = { key, labels: placed };
    return placed;
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
    const setting = { font: this.#font, height, widths, reaches: [ringReach, edgeReach], taken };
    return this.#place(link, setting, pointsAlong(link.curve, shares));
  }

  /** Clear of rings, if need be cut; else as near to cards as their edges allow. */
  #place(link: SceneLink, setting: Setting, places: readonly Point[]): Kept | null {
    for (const reach of setting.reaches) {
      let before = "";
      for (const widest of setting.widths) {
        const text = this.#text.cut(link.label, setting.font, widest);
        if (text === before) continue;
        before = text;
        const half = { x: this.#text.width(text, setting.font) / 2, y: setting.height / 2 };
        for (const { x, y } of places) {
          const bare = { left: x - half.x, right: x + half.x, top: y - half.y, bottom: y + half.y };
          const box = grow(bare, clearance);
          if (this.#hidesCard(bare, reach) || setting.taken(box)) continue;
          return { link: link.id, curve: link.curve, label: link.label, text, x, y, box, reach };
        }
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
