/**
 * Which links hang on which cards, where they meet them, and so which curves change when something
 * moves: those of the moved cards, and those that share an edge with one of them. It keeps no curve.
 */
import { inTheMiddle, type Ports, portsAt } from "./ports";
import { between, routed } from "./routing";
import type { Box, LinkFacts, Route, SceneCard } from "./scene";
import { SpatialIndex } from "./spatialIndex";

/** Links between the same two cards run this far apart from each other. */
const laneGap = 9;

type Cards = ReadonlyMap<string, SceneCard>;

const nothing: readonly string[] = [];

export class Wiring {
  readonly linksOf = new Map<string, string[]>();
  #cards: Cards;
  #index: SpatialIndex<SceneCard>;
  #facts = new Map<string, LinkFacts>();
  #ports = new Map<string, Ports>();
  /** The room between the ends of links within a column: a card that comes to stand there, or leaves, bends them. */
  #rooms = new SpatialIndex();
  /** Cards of a map just begun: their edges are dealt when the first of their links is routed. */
  #undealt = new Set<string>();
  /** Cards whose edges are to be dealt anew, and links to be routed anew, at the next settling. */
  #stirred = new Set<string>();
  #touched = new Set<string>();

  constructor(cards: Cards, index: SpatialIndex<SceneCard>) {
    this.#cards = cards;
    this.#index = index;
  }

  /** All links in the order of the map. */
  get links(): Iterable<string> {
    return this.#facts.keys();
  }

  get isEmpty(): boolean {
    return this.#facts.size === 0;
  }

  facts(link: string): LinkFacts | undefined {
    return this.#facts.get(link);
  }

  clear(): void {
    this.linksOf.clear();
    this.#facts.clear();
    this.#ports.clear();
    this.#rooms.clear();
    this.#undealt.clear();
    this.#stirred.clear();
    this.#touched.clear();
  }

  /** The links of a map that nothing is known of yet. Each costs little until it is routed. */
  begin(links: readonly LinkFacts[]): void {
    for (const facts of links) {
      this.#facts.set(facts.id, facts);
      this.#hang(facts.from, facts.id);
      if (facts.to !== facts.from) this.#hang(facts.to, facts.id);
    }
    this.#undealt = new Set(this.linksOf.keys());
  }

  put(facts: LinkFacts): void {
    const before = this.#facts.get(facts.id);
    const stays = before !== undefined && before.from === facts.from && before.to === facts.to;
    if (before !== undefined && !stays) this.remove(facts.id);
    this.#facts.set(facts.id, facts);
    if (!stays) for (const card of new Set([facts.from, facts.to])) this.#hang(card, facts.id);
    this.#stir(facts);
  }

  remove(link: string): void {
    const facts = this.#facts.get(link);
    if (facts === undefined) return;
    this.#facts.delete(link);
    this.#ports.delete(link);
    this.#rooms.delete(link);
    this.#touched.delete(link);
    for (const card of [facts.from, facts.to]) {
      const rest = (this.linksOf.get(card) ?? []).filter((id) => id !== link);
      if (rest.length > 0) this.linksOf.set(card, rest);
      else this.linksOf.delete(card);
      this.#stirred.add(card);
    }
    for (const twin of this.#between(facts.from, facts.to)) this.#touched.add(twin);
  }

  /**
   * Deals the edges again that a change reaches, and tells the links whose curve may be another now.
   * `cards` are new, changed or gone; `areas` are where they stand and stood. Every link of a map that was begun has
   * been routed by now.
   */
  settle(cards: Iterable<string>, areas: readonly Box[]): ReadonlySet<string> {
    for (const card of cards) for (const link of this.linksOf.get(card) ?? []) this.#stir(this.#known(link));
    for (const area of areas) for (const link of this.#rooms.query(area)) this.#stir(this.#known(link));
    for (const id of this.#stirred) {
      const card = this.#cards.get(id);
      if (card !== undefined) for (const link of this.#deal(card)) this.#touched.add(link);
    }
    const touched = this.#touched;
    this.#touched = new Set();
    this.#stirred.clear();
    return touched;
  }

  /** `moved`: cards that stand elsewhere for the moment. Null when an end is missing. */
  route(link: string, moved?: Cards): Route | null {
    const facts = this.#facts.get(link);
    const from = facts && (moved?.get(facts.from) ?? this.#cards.get(facts.from));
    const to = facts && (moved?.get(facts.to) ?? this.#cards.get(facts.to));
    if (facts === undefined || from === undefined || to === undefined) return null;
    this.#dealFirst(facts.from);
    this.#dealFirst(facts.to);
    const ports = this.#ports.get(link) ?? inTheMiddle;
    const room = between(from, to);
    if (moved === undefined && room === null) this.#rooms.delete(link);
    else if (moved === undefined && room !== null) this.#rooms.set(link, room, null);
    return routed(from, to, facts.points, ports, this.#lane(facts), room !== null && this.#isFree(room));
  }

  #hang(card: string, link: string): void {
    const links = this.linksOf.get(card);
    if (links === undefined) this.linksOf.set(card, [link]);
    else links.push(link);
  }

  #known(link: string): LinkFacts {
    return this.#facts.get(link) as LinkFacts;
  }

  #stir({ id, from, to }: LinkFacts): void {
    if (this.#touched.has(id)) return;
    this.#stirred.add(from);
    this.#stirred.add(to);
    this.#touched.add(id);
    for (const twin of this.#between(from, to)) this.#touched.add(twin);
  }

  #dealFirst(id: string): void {
    const card = this.#undealt.delete(id) ? this.#cards.get(id) : undefined;
    if (card !== undefined) this.#deal(card);
  }

  /** Answers the links that meet the card at another place now. */
  #deal(card: SceneCard): string[] {
    const changed: string[] = [];
    const links = (this.linksOf.get(card.id) ?? []).map((id) => this.#known(id));
    for (const [link, side, offset] of portsAt(card, links, this.#cards, (a, b) => this.#straightDown(a, b))) {
      const before = this.#ports.get(link) ?? inTheMiddle;
      if (before[side] === offset) continue;
      this.#ports.set(link, { ...before, [side]: offset });
      changed.push(link);
    }
    return changed;
  }

  /** All links between two cards, whichever way they lead. Looked for where fewer links hang. */
  #between(one: string, other: string): string[] {
    const here = this.linksOf.get(one) ?? nothing;
    const there = this.linksOf.get(other) ?? nothing;
    const found: string[] = [];
    const end = here.length < there.length ? other : one;
    for (const id of end === other ? here : there) {
      const { from, to } = this.#known(id);
      if (one === other ? from === to : from === end || to === end) found.push(id);
    }
    return found;
  }

  #lane({ id, from, to }: LinkFacts): number {
    const twins = this.#between(from, to);
    return twins.length < 2 ? 0 : (twins.sort().indexOf(id) - (twins.length - 1) / 2) * laneGap;
  }

  #straightDown(from: SceneCard, to: SceneCard): boolean {
    const room = between(from, to);
    return room !== null && this.#isFree(room);
  }

  #isFree({ left, right, top, bottom }: Box): boolean {
    return !this.#index.any({ left, right, top: top + 1, bottom: bottom - 1 });
  }
}
