/**
 * Where the call to action of each link can stand: near the middle of its curve, clear of cards and
 * of other labels. A label without room is left out; the tooltip still says it. Places depend on the
 * map alone, never on the window, so that labels do not jump while one pans.
 */
import { pointsAlong } from "./geometry";
import { type Box, grow, type SceneLink } from "./scene";
import { SpatialIndex } from "./spatialIndex";
import type { TextMeasure } from "./text";

export type PlacedLabel = { link: string; text: string; x: number; y: number; box: Box };
/** What the place was found for. */
type Kept = PlacedLabel & { curve: readonly number[]; label: string };

/** Shares of the curve's length that are tried, in turn. */
const shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78];
/** Widths that are tried, in turn: along a row of cards, beside cards, and between two columns. */
const widths = [200, 148, 105];
const height = 16;
const clearance = 3;

/** A map full of labels is shown before all of them have a place; what an edit touches has one at once. */
const time = 5;

export class Labels {
  /** Links whose label has no place yet. */
  readonly #open = new Set<string>();
  readonly #placed = new Map<string, Kept>();
  readonly #index = new SpatialIndex();
  readonly #links: ReadonlyMap<string, SceneLink>;
  readonly #cardIndex: SpatialIndex;
  readonly #linkIndex: SpatialIndex;
  readonly #text: TextMeasure;
  #font: string;

  constructor(
    links: ReadonlyMap<string, SceneLink>,
    cardIndex: SpatialIndex,
    linkIndex: SpatialIndex,
    text: TextMeasure,
    font: string,
  ) {
    this.#links = links;
    this.#cardIndex = cardIndex;
    this.#linkIndex = linkIndex;
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
  }

  /** Labels are still being placed. */
  get waiting(): boolean {
    return this.#open.size > 0;
  }

  measureAgain(font: string): void {
    this.clear();
    this.#font = font;
    this.#text.forget();
    this.settle(this.#links.keys(), []);
  }

  /**
   * Follows a change: `links` may be new, other or gone, and in `areas` cards came, went or moved. A
   * label whose link runs as it did stays while its place is free. Answers where the picture changed.
   */
  settle(links: Iterable<string>, areas: readonly Box[]): Box[] {
    const dirty: Box[] = [];
    for (const id of links) if (!this.#stays(id)) this.#lift(id, dirty);
    for (const area of areas) {
      for (const id of this.#index.query(area))
        if (this.#cardIndex.any(this.#placed.get(id)?.box as Box)) this.#lift(id, dirty);
      for (const id of this.#linkIndex.query(area)) if (!this.#placed.has(id)) this.#open.add(id);
    }
    dirty.push(...this.work());
    return dirty;
  }

  /** Finds places for labels that have none, for a few milliseconds. Answers where the picture changed. */
  work(): Box[] {
    const dirty: Box[] = [];
    const deadline = performance.now() + time;
    for (const id of this.#open) {
      this.#open.delete(id);
      const link = this.#links.get(id);
      const label = link === undefined || link.label === "" ? null : this.#place(link);
      if (label === null) continue;
      this.#placed.set(id, label);
      this.#index.set(id, label.box);
      dirty.push(label.box);
      if (performance.now() > deadline) break;
    }
    return dirty;
  }

  #stays(id: string): boolean {
    const kept = this.#placed.get(id);
    const link = this.#links.get(id);
    return kept !== undefined && kept.curve === link?.curve && kept.label === link.label;
  }

  #lift(id: string, dirty: Box[]): void {
    const kept = this.#placed.get(id);
    if (kept !== undefined) dirty.push(kept.box);
    this.#placed.delete(id);
    this.#index.delete(id);
    this.#open.add(id);
  }

  #place(link: SceneLink): Kept | null {
    const places = pointsAlong(link.curve, shares);
    let before = "";
    for (const widest of widths) {
      const text = this.#text.cut(link.label, this.#font, widest);
      if (text === before) continue;
      before = text;
      const width = this.#text.width(text, this.#font);
      for (const { x, y } of places) {
        const bare = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
        const box = grow(bare, clearance);
        if (!this.#cardIndex.any(box) && !this.#index.any(box))
          return { link: link.id, curve: link.curve, label: link.label, text, x, y, box };
      }
    }
    return null;
  }
}
