/**
 * The box around everything drawn, kept while things come and go: it grows at once, and is taken
 * anew only when something left its rim.
 */
import { around, type Box, cardBox, type SceneCard, type SceneColumn, type SceneLink } from "./scene";

/** How tall the columns of a map without cards are taken to be. */
const emptyHeight = 480;

export class Bounds {
  #drawn: Box | null = null;
  #stale = false;

  forget(): void {
    this.#drawn = null;
    this.#stale = false;
  }

  entered({ left, top, right, bottom }: Box): void {
    const all = this.#drawn;
    if (all === null) {
      this.#drawn = { left, top, right, bottom };
      return;
    }
    if (left < all.left) all.left = left;
    if (top < all.top) all.top = top;
    if (right > all.right) all.right = right;
    if (bottom > all.bottom) all.bottom = bottom;
  }

  left(box: Box): void {
    const all = this.#drawn;
    this.#stale ||=
      all === null || box.left <= all.left || box.top <= all.top || box.right >= all.right || box.bottom >= all.bottom;
  }

  /** Around cards and links alone; null: there are none. */
  content(cards: ReadonlyMap<string, SceneCard>, links: ReadonlyMap<string, SceneLink>): Box | null {
    if (this.#stale) this.#drawn = around(boxes(cards, links));
    this.#stale = false;
    return this.#drawn === null ? null : { ...this.#drawn };
  }

  around(
    cards: ReadonlyMap<string, SceneCard>,
    links: ReadonlyMap<string, SceneLink>,
    columns: readonly SceneColumn[],
  ): Box | null {
    const drawn = this.content(cards, links);
    const { top, bottom } = drawn ?? { top: 0, bottom: emptyHeight };
    const bands = columns.map((column) => ({ left: column.x, right: column.x + column.width, top, bottom }));
    return around(drawn === null ? bands : [drawn, ...bands]);
  }
}

function* boxes(cards: ReadonlyMap<string, SceneCard>, links: ReadonlyMap<string, SceneLink>): Generator<Box> {
  for (const card of cards.values()) yield cardBox(card);
  for (const link of links.values()) yield link.box;
}
