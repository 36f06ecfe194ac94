/**
 * Where the cards and columns are, as the program laid them out: map units, top-left corners.
 * What a hand is dragging at this moment is not here but in the canvas.
 */
import type { CardPosition, ColumnView, LayoutView } from "../ipc";

export class Layout {
  cardWidth = $state.raw(0);
  cardHeight = $state.raw(0);
  headerHeight = $state.raw(0);
  columns = $state.raw<readonly ColumnView[]>([]);
  /** Grows with every moved, added or removed card. */
  version = $state.raw(0);
  #cards = new Map<string, CardPosition>();

  card(id: string): CardPosition | undefined {
    void this.version;
    return this.#cards.get(id);
  }

  get cards(): ReadonlyMap<string, CardPosition> {
    void this.version;
    return this.#cards;
  }

  column(stage: string | null): ColumnView | undefined {
    return this.columns.find((column) => column.stage === stage);
  }

  replace(view: LayoutView): void {
    this.cardWidth = view.cardWidth;
    this.cardHeight = view.cardHeight;
    this.headerHeight = view.headerHeight;
    this.columns = view.columns;
    this.#cards = new Map(view.cards.map((card) => [card.id, card]));
    this.version += 1;
  }

  patch(cards: readonly CardPosition[], removed: readonly string[], columns: readonly ColumnView[] | null): void {
    for (const card of cards) this.#cards.set(card.id, card);
    for (const id of removed) this.#cards.delete(id);
    if (columns) this.columns = columns;
    this.version += 1;
  }
}

export const layout = new Layout();
