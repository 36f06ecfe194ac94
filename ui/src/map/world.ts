/**
 * The scene with what makes it quick to ask: spatial indexes kept in step, label places, and the
 * difference a new scene makes. It paints nothing and decides nothing.
 */
import { Labels } from "./labels";
import { type Box, cardBox, grow, type Scene, type SceneCard, sceneBox } from "./scene";
import { emptyScene } from "./sceneBuilder";
import { SpatialIndex } from "./spatialIndex";
import type { TextMeasure } from "./text";

/** Shadow, doubled edge and badge reach this far out of a card. */
export const cardBleed = 18;
const linkBleed = 8;

export type Difference = {
  /** Map areas whose picture changed; null: so much that everything is to be painted. */
  dirty: readonly Box[] | null;
  /** Cards that were there before at another place, as they stood. */
  moved: readonly SceneCard[];
};

/** Painting a few areas again is cheaper than everything; many areas are not. */
const mostAreas = 40;

export class World {
  scene: Scene = emptyScene;
  readonly cards = new SpatialIndex();
  readonly links = new SpatialIndex();
  labels: Labels;
  box: Box | null = null;
  #text: TextMeasure;
  #labelFont: string;

  constructor(text: TextMeasure, labelFont: string) {
    this.#text = text;
    this.#labelFont = labelFont;
    this.labels = new Labels(this.scene, this.cards, text, labelFont, null);
  }

  replace(scene: Scene): Difference {
    const before = this.scene;
    const dirty: Box[] = [];
    const moved: SceneCard[] = [];
    const fresh = before.cards.size === 0;
    for (const card of before.cards.values()) {
      const next = scene.cards.get(card.id);
      if (next === card) continue;
      dirty.push(grow(cardBox(card), cardBleed));
      if (next === undefined) this.cards.delete(card.id);
      else if (next.x !== card.x || next.y !== card.y) moved.push(card);
    }
    for (const card of scene.cards.values()) {
      if (before.cards.get(card.id) === card) continue;
      this.cards.set(card.id, cardBox(card));
      if (!fresh) dirty.push(grow(cardBox(card), cardBleed));
    }
    for (const link of before.links.values()) {
      const next = scene.links.get(link.id);
      if (next === link) continue;
      dirty.push(grow(link.box, linkBleed));
      if (next === undefined) this.links.delete(link.id);
    }
    for (const link of scene.links.values()) {
      if (before.links.get(link.id) === link) continue;
      this.links.set(link.id, link.box);
      if (!fresh) dirty.push(grow(link.box, linkBleed));
    }
    const columnsChanged = !sameColumns(before, scene);
    this.scene = scene;
    this.box = sceneBox(scene);
    const labels = this.labels;
    this.labels = new Labels(scene, this.cards, this.#text, this.#labelFont, labels);
    dirty.push(...this.labels.differenceTo(labels));
    return { dirty: fresh || columnsChanged || dirty.length > mostAreas ? null : dirty, moved };
  }

  /** A font arrived or the theme changed: words have other widths now. */
  measureAgain(labelFont: string): void {
    this.#labelFont = labelFont;
    this.#text.forget();
    this.labels = new Labels(this.scene, this.cards, this.#text, labelFont, null);
  }
}

function sameColumns(a: Scene, b: Scene): boolean {
  return (
    a.columns.length === b.columns.length &&
    a.columns.every((column, place) => {
      const other = b.columns[place];
      return other !== undefined && column.x === other.x && column.width === other.width;
    })
  );
}
