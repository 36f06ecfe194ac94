/**
 * Where the cards and columns are and where links pass between them, as the program laid them out, with the columns
 * folded that are folded here: map units, cards by their top-left corners. What a hand is dragging at this moment is
 * not here but in the canvas.
 */
import type { CardPosition, ColumnView, LaneView, LayoutView, RouteView } from "../ipc";
import { Folding } from "./folding";
import { Journal } from "./journal";

export class Layout {
  cardWidth = $state.raw(0);
  cardHeight = $state.raw(0);
  headerHeight = $state.raw(0);
  columns = $state.raw<readonly ColumnView[]>([]);
  /** From top to bottom; none unless the map is divided into some. */
  lanes = $state.raw<readonly LaneView[]>([]);
  /** Grows with every moved, added or removed card and every other way of a link. */
  version = $state.raw(0);
  /** Cards and links that stand or run elsewhere, for the canvas. */
  readonly cardJournal = new Journal();
  readonly routeJournal = new Journal();
  #cards = new Map<string, CardPosition>();
  #routes = new Map<string, RouteView["points"]>();
  /** The same as the program laid them out, without anything folded. */
  #placed = new Map<string, CardPosition>();
  #ways = new Map<string, RouteView["points"]>();
  #spread: readonly ColumnView[] = [];
  #folded: ReadonlySet<string> = new Set();
  /** Null: no column is folded. */
  #folding: Folding | null = null;

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

  /** The left edge that a card has on the map when it is shown at this one. */
  placeOf(x: number): number {
    const half = this.cardWidth / 2;
    return this.#folding === null ? x : this.#folding.place(x + half) - half;
  }

  replace(view: LayoutView): void {
    this.cardWidth = view.cardWidth;
    this.cardHeight = view.cardHeight;
    this.headerHeight = view.headerHeight;
    this.lanes = view.lanes;
    this.#placed = new Map(view.cards.map((card) => [card.id, card]));
    this.#ways = new Map(view.routes.map(({ link, points }) => [link, points]));
    this.#spread = view.columns;
    this.#fold();
    this.version += 1;
  }

  /** The same map, placed otherwise: cards go where they stand now. */
  rearrange(view: LayoutView): void {
    const ways = new Set(view.routes.map(({ link }) => link));
    const straight = [...this.#ways.keys()].filter((link) => !ways.has(link)).map((link) => ({ link, points: [] }));
    const routes = [...view.routes, ...straight];
    const { cards, columns, lanes } = view;
    this.patch({ cards, removedTouchpoints: [], routes, removedLinks: [], columns, lanes });
  }

  patch(change: {
    cards: readonly CardPosition[];
    removedTouchpoints: readonly string[];
    routes: readonly RouteView[];
    removedLinks: readonly string[];
    columns: readonly ColumnView[] | null;
    lanes: readonly LaneView[] | null;
  }): void {
    this.cardJournal.note(change.cards.map(({ id }) => id));
    this.routeJournal.note(change.routes.map(({ link }) => link));
    for (const card of change.cards) this.#placed.set(card.id, card);
    for (const id of change.removedTouchpoints) {
      this.#placed.delete(id);
      this.#cards.delete(id);
    }
    for (const { link, points } of change.routes) {
      if (points.length > 0) this.#ways.set(link, points);
      else this.#ways.delete(link);
    }
    for (const id of change.removedLinks) this.#ways.delete(id);
    if (change.columns) this.#spread = change.columns;
    if (change.lanes) this.lanes = change.lanes;
    if (change.columns && this.#folded.size > 0) this.#noteAll();
    if (change.columns) this.#fold();
    else this.#show(change.cards, [...change.routes.map(({ link }) => link), ...change.removedLinks]);
    this.version += 1;
  }

  /** Shows the columns of these stages narrow, and the others as wide as they are. */
  fold(stages: ReadonlySet<string>): void {
    if (stages === this.#folded) return;
    this.#folded = stages;
    this.#fold();
    this.#noteAll();
    this.version += 1;
  }

  #noteAll(): void {
    this.cardJournal.note(this.#placed.keys());
    this.routeJournal.note(this.#ways.keys());
  }

  #fold(): void {
    const any = this.#spread.some(({ stage }) => stage !== null && this.#folded.has(stage));
    this.#folding = any ? new Folding(this.#spread, this.#folded) : null;
    this.columns = this.#folding?.columns ?? this.#spread;
    this.#cards = new Map();
    this.#routes = new Map();
    this.#show(this.#placed.values(), this.#ways.keys());
  }

  #show(cards: Iterable<CardPosition>, links: Iterable<string>): void {
    const folding = this.#folding;
    const half = this.cardWidth / 2;
    for (const card of cards) {
      const x = folding === null ? card.x : folding.shown(card.x + half) - half;
      this.#cards.set(card.id, x === card.x ? card : { ...card, x });
    }
    for (const link of links) {
      const points = this.#ways.get(link);
      if (points === undefined) this.#routes.delete(link);
      else this.#routes.set(link, folding === null ? points : points.map(([x, y]) => [folding.shown(x), y]));
    }
  }
}

export const layout = new Layout();
