/**
 * Where the cards and columns are and where links pass between them, as the program laid them out: map units, cards
 * by their top-left corners. What a hand is dragging at this moment is not here but in the canvas.
 */
import type { CardPosition, ColumnView, LayoutView, RouteView } from "../ipc";
import { Journal } from "./journal";

export class Layout {
  cardWidth = $state.raw(0);
  cardHeight = $state.raw(0);
  headerHeight = $state.raw(0);
  columns = $state.raw<readonly ColumnView[]>([]);
  /** Grows with every moved, added or removed card and every other way of a link. */
  version = $state.raw(0);
  /** Cards and links that stand or run elsewhere, for the canvas. */
  readonly cardJournal = new Journal();
  readonly routeJournal = new Journal();
  #cards = new Map<string, CardPosition>();
  #routes = new Map<string, RouteView["points"]>();

  card(id: string): CardPosition | undefined {
    void this.version;
    return this.#cards.get(id);
  }

  get cards(): ReadonlyMap<string, CardPosition> {
    void this.version;
    return this.#cards;
  }

  /** The middles of the columns that links pass, by link; links that are not here run straight from card to card. */
  get routes(): ReadonlyMap<string, RouteView["points"]> {
    void this.version;
    return this.#routes;
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
    this.#routes = new Map(view.routes.map(({ link, points }) => [link, points]));
    this.version += 1;
  }

  /** The same map, placed otherwise: cards go where they stand now. */
  rearrange(view: LayoutView): void {
    const ways = new Set(view.routes.map(({ link }) => link));
    const straight = [...this.#routes.keys()].filter((link) => !ways.has(link)).map((link) => ({ link, points: [] }));
    const routes = [...view.routes, ...straight];
    this.patch({ cards: view.cards, removedTouchpoints: [], routes, removedLinks: [], columns: view.columns });
  }

  patch(change: {
    cards: readonly CardPosition[];
    removedTouchpoints: readonly string[];
    routes: readonly RouteView[];
    removedLinks: readonly string[];
    columns: readonly ColumnView[] | null;
  }): void {
    this.cardJournal.note(change.cards.map(({ id }) => id));
    this.routeJournal.note(change.routes.map(({ link }) => link));
    for (const card of change.cards) this.#cards.set(card.id, card);
    for (const id of change.removedTouchpoints) this.#cards.delete(id);
    for (const { link, points } of change.routes) {
      if (points.length > 0) this.#routes.set(link, points);
      else this.#routes.delete(link);
    }
    for (const id of change.removedLinks) this.#routes.delete(id);
    if (change.columns) this.columns = change.columns;
    this.version += 1;
  }
}

export const layout = new Layout();
