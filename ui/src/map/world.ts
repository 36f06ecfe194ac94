/**
 * The scene with what makes it quick to ask – spatial indexes, curves, label places – kept in step
 * with the map change by change: a change costs what it touches, not what the map holds. It paints
 * nothing and decides nothing.
 */
import { Backlog } from "./backlog";
import { Bounds } from "./bounds";
import { boxesOf } from "./geometry";
import { Labels } from "./labels";
import { roomFor } from "./routing";
import {
  around,
  type Box,
  cardBox,
  grow,
  type Route,
  type Scene,
  type SceneCard,
  type SceneChange,
  type SceneColumn,
  type SceneLane,
  type SceneLink,
} from "./scene";
import { SpatialIndex } from "./spatialIndex";
import type { TextMeasure } from "./text";
import { Wiring } from "./wiring";

/** Shadow, doubled edge and badge reach this far out of a card. */
export const cardBleed = 18;
/** As thick as a link gets, with its arrowhead. */
const linkBleed = 13;
/** Further than some thirty links between the same two cards run beside their places. */
const lanesReach = 160;
/** Links of a map that is small enough to be there at once, words and all. */
const fewLinks = 150;

const everywhere: Box = {
  left: Number.NEGATIVE_INFINITY,
  top: Number.NEGATIVE_INFINITY,
  right: Number.POSITIVE_INFINITY,
  bottom: Number.POSITIVE_INFINITY,
};

export type Difference = {
  /** Map areas whose picture changed; null: nothing of the old picture may be shown any longer. */
  dirty: readonly Box[] | null;
  /** Cards that were there before at another place, as they stood. */
  moved: readonly SceneCard[];
};

export class World {
  readonly cards = new SpatialIndex<SceneCard>();
  readonly links = new SpatialIndex<SceneLink>();
  readonly labels: Labels;
  #cards = new Map<string, SceneCard>();
  #links = new Map<string, SceneLink>();
  #columns: readonly SceneColumn[] = [];
  #lanes: readonly SceneLane[] = [];
  #wiring = new Wiring(this.#cards, this.cards);
  #bounds = new Bounds();
  #backlog = new Backlog();
  /** The words of a map just opened have not sought places yet. */
  #wordless = false;

  constructor(text: TextMeasure, labelFont: string) {
    const indexes = { cards: this.cards, links: this.links };
    this.labels = new Labels({ cards: this.#cards, links: this.#links }, indexes, text, labelFont);
  }

  /** Links of a map just opened have no curve yet, or their words have sought no places. */
  get waiting(): boolean {
    return this.#wordless;
  }

  /** How many links the map has, whether they have a curve yet or not. */
  get linkCount(): number {
    return this.#links.size + this.#backlog.size;
  }

  get scene(): Scene {
    const { linksOf } = this.#wiring;
    return { cards: this.#cards, links: this.#links, columns: this.#columns, lanes: this.#lanes, linksOf };
  }

  /** Everything drawn: cards, links that swing outside them, and the width of the columns. */
  get box(): Box | null {
    return this.#bounds.around(this.#cards, this.#links, this.#columns);
  }

  /** What a map opens with: cards and links without the empty room around them; else the columns. */
  get content(): Box | null {
    return this.#bounds.content(this.#cards, this.#links) ?? this.box;
  }

  /** What is to be seen when all is in view: the same, and stages that have no card. */
  get all(): Box | null {
    const drawn = this.content;
    if (drawn === null) return null;
    const { top, bottom } = drawn;
    const bands = this.#columns.map(({ x, width }) => ({ left: x, right: x + width, top, bottom }));
    return around([drawn, ...bands.filter((band) => !this.cards.any(band))]);
  }

  apply(change: SceneChange): Difference {
    if (change.fresh) this.#clear();
    const dirty: Box[] = this.catchUp();
    if (this.#cards.size === 0 && this.#wiring.isEmpty) return this.#begin(change);
    const moved: SceneCard[] = [];
    for (const id of change.removedLinks) this.#dropLink(id, dirty);
    for (const id of change.removedLinks) this.#wiring.remove(id);
    /** Where cards stand and stood: all that links and labels have to make room for. */
    const areas: Box[] = [];
    for (const id of change.removedCards) this.#dropCard(id, areas);
    for (const card of change.cards) this.#putCard(card, areas, moved);
    for (const facts of change.links) this.#wiring.put(facts);
    const cards = [...change.removedCards, ...change.cards.map(({ id }) => id)];
    const touched = this.#wiring.settle(cards, areas);
    for (const id of touched) this.#putLink(id, dirty);
    const labels = this.labels.settle([...change.removedLinks, ...touched], areas);
    const columnsChanged = change.columns !== null && !sameColumns(this.#columns, change.columns);
    if (change.columns !== null) this.#columns = change.columns;
    const lanesChanged = change.lanes !== null && !sameLanes(this.#lanes, change.lanes);
    if (change.lanes !== null) this.#lanes = change.lanes;
    return { dirty: columnsChanged || lanesChanged ? [everywhere] : [...areas, ...dirty, ...labels], moved };
  }

  /** A map where none was: its links get their curves when they are to be seen, or when there is time. */
  #begin({ cards, links, columns, lanes }: SceneChange): Difference {
    for (const card of cards) this.#enterCard(card);
    this.#wiring.begin(links);
    this.#wordless = links.length > 0;
    for (const { id, from, to, points } of links) {
      const [start, end] = [this.#cards.get(from), this.#cards.get(to)];
      if (start === undefined || end === undefined) continue;
      const room = roomFor(start, end, points);
      this.#bounds.entered(room);
      this.#backlog.add(id, grow(room, lanesReach));
    }
    if (this.#backlog.size <= fewLinks) this.catchUp();
    if (columns !== null) this.#columns = columns;
    if (lanes !== null) this.#lanes = lanes;
    return { dirty: null, moved: [] };
  }

  /** Gives the links that may be seen in `box` their curves. */
  ready(box: Box): void {
    if (this.#backlog.size > 0) for (const id of this.#backlog.within(box)) this.#putLink(id, null);
  }

  /**
   * Gives links their curves that have none, until `deadline`; when all have one, their words seek places. Answers
   * where the picture changed: curves that were not there have not been in view.
   */
  catchUp(deadline = Number.POSITIVE_INFINITY): Box[] {
    for (const id of this.#backlog.links()) {
      this.#putLink(id, null);
      if (this.#backlog.size > 0 && performance.now() > deadline) return [];
    }
    if (!this.#wordless) return [];
    this.#wordless = false;
    return this.labels.settle(this.#wiring.links, []);
  }

  /** The way of a link while a hand or a flight has some cards elsewhere. */
  routeOf(link: string, moved: ReadonlyMap<string, SceneCard>): Route | null {
    return this.#wiring.route(link, moved);
  }

  /** A font arrived or the theme changed: words have other widths now. */
  measureAgain(labelFont: string): void {
    this.labels.measureAgain(labelFont);
  }

  #clear(): void {
    this.#cards.clear();
    this.#links.clear();
    this.#columns = [];
    this.#lanes = [];
    this.cards.clear();
    this.links.clear();
    this.labels.clear();
    this.#wiring.clear();
    this.#backlog.clear();
    this.#wordless = false;
    this.#bounds.forget();
  }

  #putCard(card: SceneCard, areas: Box[], moved: SceneCard[]): void {
    const before = this.#cards.get(card.id);
    if (before !== undefined) {
      areas.push(grow(cardBox(before), cardBleed));
      this.#bounds.left(cardBox(before));
      if (before.x !== card.x || before.y !== card.y) moved.push(before);
    }
    this.#enterCard(card);
    areas.push(grow(cardBox(card), cardBleed));
  }

  #enterCard(card: SceneCard): void {
    const box = cardBox(card);
    this.#cards.set(card.id, card);
    this.cards.set(card.id, box, card);
    this.#bounds.entered(box);
  }

  #dropCard(id: string, areas: Box[]): void {
    const card = this.#cards.get(id);
    if (card === undefined) return;
    areas.push(grow(cardBox(card), cardBleed));
    this.#bounds.left(cardBox(card));
    this.#cards.delete(id);
    this.cards.delete(id);
  }

  #putLink(id: string, dirty: Box[] | null): void {
    this.#backlog.delete(id);
    const facts = this.#wiring.facts(id);
    const route = this.#wiring.route(id);
    const before = this.#links.get(id);
    if (facts === undefined || route === null) {
      this.#dropLink(id, dirty);
      return;
    }
    const same = before !== undefined && sameNumbers(before.curve, route.curve);
    if (
      same &&
      before.label === facts.label &&
      before.weight === facts.weight &&
      before.from === facts.from &&
      before.to === facts.to
    )
      return;
    if (before !== undefined) this.#dropLink(id, dirty);
    // What runs as it did keeps its curve: by it a label knows that it can stay.
    const link = { ...facts, ...route, curve: same ? before.curve : route.curve };
    this.#links.set(id, link);
    this.links.set(id, link.box, link);
    this.#bounds.entered(link.box);
    if (dirty !== null) dirty.push(...boxesOf(link, linkBleed));
  }

  #dropLink(id: string, dirty: Box[] | null): void {
    const link = this.#links.get(id);
    if (link === undefined) return;
    if (dirty !== null) dirty.push(...boxesOf(link, linkBleed));
    this.#bounds.left(link.box);
    this.#links.delete(id);
    this.links.delete(id);
  }
}

function sameColumns(a: readonly SceneColumn[], b: readonly SceneColumn[]): boolean {
  return (
    a.length === b.length && a.every((column, place) => column.x === b[place]?.x && column.width === b[place]?.width)
  );
}

function sameLanes(a: readonly SceneLane[], b: readonly SceneLane[]): boolean {
  return a.length === b.length && a.every((lane, place) => lane.y === b[place]?.y && lane.height === b[place]?.height);
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
