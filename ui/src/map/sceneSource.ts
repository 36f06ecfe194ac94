/**
 * From the state to the changes of the scene: what differs from what was seen last. The journals say
 * where to look; records, places and ways are plain values that are replaced whole, so comparing
 * identities is all it takes. No record is written here.
 */

import { untrack } from "svelte";
import type { AudienceRecord, CardPosition, GapView, LinkRecord, TouchpointRecord } from "../ipc";
import { channelIconNode } from "../kit/channelIcon";
import { conflicts } from "../state/conflicts.svelte";
import { flows } from "../state/flows.svelte";
import { frame } from "../state/frame.svelte";
import { gaps } from "../state/gaps.svelte";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { allThatLeadStraight, kindOf } from "../state/words";
import type { Badge, CardKind, LinkFacts, Points, SceneCard, SceneChange, SceneColumn, SceneLane } from "./scene";

type SeenCard = {
  record: TouchpointRecord;
  position: CardPosition;
  kind: CardKind;
  badge: Badge | null;
  contested: boolean;
  folded: boolean;
};
type SeenLink = { record: LinkRecord; points: Points; weight: number | undefined };

/** `repaint`: every card may look otherwise, whether its rows changed or not. */
type Suspects = { cards: Set<string>; links: Set<string>; repaint: boolean };

const straight: Points = [];
const nowhere: readonly number[] = [];
/** What a card in a folded stage is no larger than. */
const mark = { width: 20, height: 10 };

export class SceneSource {
  #opening = -1;
  #cards = new Map<string, SeenCard>();
  #links = new Map<string, SeenLink>();
  #columns: readonly SceneColumn[] = [];
  #lanes: readonly SceneLane[] = [];
  #folded: ReadonlySet<string> = new Set();
  #audiences: readonly AudienceRecord[] = [];
  #places = new Map<string, number>();
  #gaps: readonly GapView[] = [];
  #badges: ReadonlyMap<string, Badge> = new Map();
  #flows: ReadonlyMap<string, number> = new Map();
  #contested: ReadonlyMap<string, unknown> = new Map();

  /** What is different from the last time. */
  next(): SceneChange {
    subscribe();
    return untrack(() => this.#difference());
  }

  #difference(): SceneChange {
    const fresh = this.#opening !== project.openings;
    if (fresh) this.#forget();
    this.#opening = project.openings;
    const suspects = this.#suspects(fresh);
    const links = this.#changedLinks(suspects);
    const cards = this.#changedCards(suspects);
    const columns = this.#columns === layout.columns ? null : layout.columns;
    this.#columns = layout.columns;
    const lanes = this.#lanes === layout.lanes ? null : layout.lanes;
    this.#lanes = layout.lanes;
    return { fresh, ...cards, ...links, columns, lanes };
  }

  #forget(): void {
    this.#cards.clear();
    this.#links.clear();
    this.#columns = [];
    this.#lanes = [];
  }

  /** The cards and links that may be other than they were. */
  #suspects(fresh: boolean): Suspects {
    const { touchpoints, links } = project;
    const [rows, ways] = [project.touchpointJournal.take(), project.linkJournal.take()];
    const [cards, routes] = [layout.cardJournal.take(), layout.routeJournal.take()];
    const badges = [...this.#otherBadges(), ...this.#otherConflicts()];
    const all = this.#takeAudiences() || fresh;
    const folds = this.#takeFolded();
    return {
      cards: new Set([...rows, ...(all || folds ? touchpoints.keys() : [...cards, ...badges])]),
      links: new Set([...ways, ...(fresh || folds ? links.keys() : [...routes, ...this.#otherFlows()])]),
      repaint: all,
    };
  }

  /** Links that have, or had, a flow, when flows are others. */
  #otherFlows(): string[] {
    const before = this.#flows;
    if (before === flows.all) return [];
    this.#flows = flows.all;
    return [...before.keys(), ...flows.all.keys()];
  }

  /** Answers whether audiences have other places, and so other colours, than before. */
  #takeAudiences(): boolean {
    if (this.#audiences === project.audiences) return false;
    this.#audiences = project.audiences;
    this.#places = new Map(project.audiences.map(({ id }, place) => [id, place]));
    return true;
  }

  /** Answers whether other stages are folded than before. */
  #takeFolded(): boolean {
    const other = this.#folded !== frame.narrow;
    this.#folded = frame.narrow;
    return other;
  }

  #otherBadges(): string[] {
    if (this.#gaps === gaps.open) return [];
    this.#gaps = gaps.open;
    const before = this.#badges;
    this.#badges = badgesByTouchpoint(gaps.open);
    const other: string[] = [];
    for (const [id, badge] of this.#badges) if (!sameBadge(before.get(id) ?? null, badge)) other.push(id);
    for (const id of before.keys()) if (!this.#badges.has(id)) other.push(id);
    return other;
  }

  #otherConflicts(): string[] {
    const before = this.#contested;
    if (before === conflicts.touchpoints) return [];
    this.#contested = conflicts.touchpoints;
    return [...before.keys(), ...this.#contested.keys()].filter((id) => before.has(id) !== this.#contested.has(id));
  }

  /** Adds the cards that may be of another kind now: a driver is direct by what its links lead to. */
  #changedLinks(suspects: Suspects): Pick<SceneChange, "links" | "removedLinks"> {
    const records = project.links;
    const { routes } = layout;
    const flowing = flows.all.size > 0;
    const links: LinkFacts[] = [];
    const removedLinks: string[] = [];
    for (const id of suspects.links) {
      const record = within(records.get(id));
      const points = routes.get(id) ?? straight;
      const seen = this.#links.get(id);
      const weight = flowing ? flows.weight(id) : undefined;
      if (seen?.record === record && seen?.points === points && seen?.weight === weight) continue;
      if (record !== undefined) suspects.cards.add(record.from);
      if (seen?.record !== undefined) suspects.cards.add(seen.record.from);
      if (record === undefined) {
        this.#links.delete(id);
        removedLinks.push(id);
      } else {
        this.#links.set(id, { record, points, weight });
        const facts: LinkFacts = { id, from: record.from, to: record.to, label: record.cta ?? "", points };
        if (weight !== undefined) facts.weight = weight;
        links.push(facts);
      }
    }
    return { links, removedLinks };
  }

  #changedCards({ cards: suspects, repaint }: Suspects): Pick<SceneChange, "cards" | "removedCards"> {
    const { touchpoints } = project;
    const { cards: positions } = layout;
    const leading = repaint ? allThatLeadStraight() : null;
    const leads = leading === null ? undefined : (id: string) => leading.has(id);
    const cards: SceneCard[] = [];
    const removedCards: string[] = [];
    for (const id of repaint ? suspects : [...suspects, ...this.#driversOf(suspects)]) {
      const record = touchpoints.get(id);
      const position = positions.get(id);
      const seen = this.#cards.get(id);
      if (record === undefined || position === undefined) {
        if (this.#cards.delete(id)) removedCards.push(id);
        continue;
      }
      const badge = this.#badges.get(id) ?? null;
      const kind = cardKind(record, leads);
      const same = seen?.record === record && seen.position === position && seen.kind === kind;
      const contested = this.#contested.has(id);
      const folded = frame.isFolded(record.stage);
      const sameSigns = seen?.contested === contested && seen.folded === folded && sameBadge(seen.badge, badge);
      if (same && !repaint && sameSigns) continue;
      const now = { record, position, kind, badge, contested, folded };
      this.#cards.set(id, now);
      cards.push(this.#card(now));
    }
    return { cards, removedCards };
  }

  /** What leads to touchpoints that became, or are no longer, destinations. */
  #driversOf(touchpoints: ReadonlySet<string>): string[] {
    const drivers = new Set<string>();
    for (const id of touchpoints) {
      if (this.#cards.get(id)?.record.kind === project.touchpoint(id)?.kind) continue;
      for (const link of project.incoming(id)) drivers.add(project.link(link)?.from ?? "");
    }
    return [...drivers].filter((id) => !touchpoints.has(id));
  }

  #card({ record, position, kind, badge, contested, folded }: SeenCard): SceneCard {
    const card: SceneCard = {
      id: record.id,
      x: position.x,
      y: position.y,
      width: layout.cardWidth,
      height: layout.cardHeight,
      name: record.name,
      cta: record.cta ?? "",
      stage: record.stage,
      kind,
      stopped: record.status === "stopped",
      icon: channelIconNode(record.channel),
      audiences: this.#placesOf(record.audiences),
      badge,
      pinned: position.pinned === true,
      noted: record.notes !== null && record.notes.trim() !== "",
      contested,
    };
    return folded ? shrunk(card) : card;
  }

  #placesOf(audiences: readonly string[]): readonly number[] {
    if (audiences.length === 0) return nowhere;
    return audiences.map((id) => this.#places.get(id)).filter((place) => place !== undefined);
  }
}

/** To all that is looked at, once: with each of thousands of rows it would take longer than the looking. */
function subscribe(): void {
  void [project.openings, project.version, project.audiences];
  void [layout.version, layout.columns, layout.lanes, layout.cardWidth, layout.cardHeight];
  void [gaps.open, conflicts.touchpoints, flows.all, frame.narrow];
}

/** A link inside a folded stage has nowhere to run. */
function within(link: LinkRecord | undefined): LinkRecord | undefined {
  if (link === undefined || frame.narrow.size === 0) return link;
  const stage = project.touchpoint(link.from)?.stage ?? null;
  return frame.isFolded(stage) && project.touchpoint(link.to)?.stage === stage ? undefined : link;
}

/** In the middle of where it would stand. Its gaps are counted over the column. */
function shrunk(card: SceneCard): SceneCard {
  const { width, height } = mark;
  const [x, y] = [card.x + (card.width - width) / 2, card.y + (card.height - height) / 2];
  return { ...card, x, y, width, height, badge: null, folded: true, spread: card.width };
}

function cardKind(record: TouchpointRecord, leads?: (id: string) => boolean): CardKind {
  const kind = kindOf(record, leads);
  if (kind !== "destination") return kind;
  return record.rank === "intermediate" ? "intermediate" : "ultimate";
}

/** Open gaps come worst first, so the first one on a touchpoint is the one its badge shows. */
function badgesByTouchpoint(open: readonly GapView[]): ReadonlyMap<string, Badge> {
  const badges = new Map<string, Badge>();
  for (const { severity, touchpoints } of open)
    for (const id of touchpoints) {
      const badge = badges.get(id);
      if (badge === undefined) badges.set(id, { severity, count: 1 });
      else badge.count += 1;
    }
  return badges;
}

function sameBadge(a: Badge | null, b: Badge | null): boolean {
  return a?.severity === b?.severity && a?.count === b?.count;
}
