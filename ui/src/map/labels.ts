/**
 * Where the call to action of each link can stand: near the middle of its curve, clear of cards and
 * of other labels. A label without room is left out; the tooltip still says it. Places depend on the
 * scene alone, never on the window, so that labels do not jump while one pans.
 */
import { pointsAlong } from "./geometry";
import { type Box, grow, type Scene, type SceneLink } from "./scene";
import { SpatialIndex } from "./spatialIndex";
import type { TextMeasure } from "./text";

export type PlacedLabel = { link: string; of: SceneLink; text: string; x: number; y: number; box: Box };

/** Shares of the curve's length that are tried, in turn. */
const shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78];
const widest = 148;
const height = 16;
const clearance = 3;

export class Labels {
  readonly #placed = new Map<string, PlacedLabel>();
  readonly #index = new SpatialIndex();

  /** `before`: labels of the scene before; one whose link runs as it did stays where it was while that place is free. */
  constructor(scene: Scene, cards: SpatialIndex, text: TextMeasure, font: string, before: Labels | null) {
    for (const link of scene.links.values()) {
      if (link.label === "") continue;
      const kept = before?.get(link.id);
      const stays =
        kept !== undefined &&
        kept.of.curve === link.curve &&
        kept.of.label === link.label &&
        this.#free(kept.box, cards);
      const label = stays ? kept : this.#place(link, cards, text, font);
      if (label === null) continue;
      this.#placed.set(link.id, label);
      this.#index.set(link.id, label.box);
    }
  }

  get(link: string): PlacedLabel | undefined {
    return this.#placed.get(link);
  }

  /** Areas of labels that were elsewhere, said something else, or were not there. */
  differenceTo(before: Labels): Box[] {
    const boxes: Box[] = [];
    const same = (a: PlacedLabel, b: PlacedLabel | undefined) =>
      b !== undefined && a.x === b.x && a.y === b.y && a.text === b.text;
    for (const label of this.#placed.values()) if (!same(label, before.get(label.link))) boxes.push(label.box);
    for (const label of before.#placed.values()) if (!same(label, this.get(label.link))) boxes.push(label.box);
    return boxes;
  }

  within(box: Box): PlacedLabel[] {
    return this.#index.query(box).map((id) => this.#placed.get(id) as PlacedLabel);
  }

  #place(link: SceneLink, cards: SpatialIndex, text: TextMeasure, font: string): PlacedLabel | null {
    const shown = text.cut(link.label, font, widest);
    const width = text.width(shown, font);
    for (const { x, y } of pointsAlong(link.curve, shares)) {
      const bare = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
      const box = grow(bare, clearance);
      if (this.#free(box, cards)) return { link: link.id, of: link, text: shown, x, y, box };
    }
    return null;
  }

  #free(box: Box, cards: SpatialIndex): boolean {
    return !cards.any(box) && !this.#index.any(box);
  }
}
