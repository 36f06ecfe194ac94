/**
 * From the state to the changes of the scene: what differs from what was seen last. Records, places
 * and ways are plain values that are replaced whole, so comparing identities is all it takes. Reading
 * subscribes; writing is not possible here.
 */

import type { AudienceRecord, CardPosition, GapView, LinkRecord, TouchpointRecord } from "../ipc";
import { channelIconNode } from "../kit/channelIcon";
import { gaps } from "../state/gaps.svelte";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { kindOf } from "../state/words";
import type { Badge, CardKind, Points, SceneCard, SceneChange, SceneColumn } from "./scene";

type SeenCard = { record: TouchpointRecord; position: CardPosition; kind: CardKind; badge: Badge | null };
type SeenLink = { record: LinkRecord; points: Points };

const straight: Points = [];

export class SceneSource {
  #opening = -1;
  #cards = new Map<string, SeenCard>();
  #links = new Map<string, SeenLink>();
  #columns: readonly SceneColumn[] = [];
  #audiences: readonly AudienceRecord[] = [];
  #places = new Map<string, number>();
  #gaps: readonly GapView[] = [];
  #badges: ReadonlyMap<string, Badge> = new Map();

  /** What is different from the last time. */
  next(): SceneChange {
    const fresh = this.#opening !== project.openings;
    if (fresh) this.#forget();
    this.#opening = project.openings;
    const otherAudiences = this.#audiences !== project.audiences;
    if (otherAudiences) this.#places = new Map(project.audiences.map(({ id }, place) => [id, place]));
    this.#audiences = project.audiences;
    /** Whose kind may be another: a driver is direct by what its links lead to. */
    const stirred = new Set<string>();
    const links = this.#changedLinks(stirred);
    const cards = this.#changedCards(otherAudiences, stirred);
    const columns = this.#columns === layout.columns ? null : layout.columns;
    this.#columns = layout.columns;
    return { fresh, ...cards, ...links, columns };
  }

  #forget(): void {
    this.#cards.clear();
    this.#links.clear();
    this.#columns = [];
  }

  #changedLinks(stirred: Set<string>): Pick<SceneChange, "links" | "removedLinks"> {
    const records = project.links;
    const { routes } = layout;
    const links: LinkRecord[] = [];
    for (const [id, record] of records) {
      const points = routes.get(id) ?? straight;
      const seen = this.#links.get(id);
      if (seen?.record === record && seen.points === points) continue;
      this.#links.set(id, { record, points });
      links.push(record);
      stirred.add(record.from);
      if (seen !== undefined) stirred.add(seen.record.from);
    }
    const removedLinks = dropped(this.#links, records, ({ record }) => stirred.add(record.from));
    return {
      links: links.map(({ id, from, to, cta }) => ({ id, from, to, label: cta ?? "", points: this.#points(id) })),
      removedLinks,
    };
  }

  #points(link: string): Points {
    return this.#links.get(link)?.points ?? straight;
  }

  #changedCards(all: boolean, stirred: Set<string>): Pick<SceneChange, "cards" | "removedCards"> {
    const records = project.touchpoints;
    const positions = layout.cards;
    if (this.#gaps !== gaps.open) this.#badges = badgesByTouchpoint(gaps.open);
    this.#gaps = gaps.open;
    const badges = this.#badges;
    const { cardWidth: width, cardHeight: height } = layout;
    const cards: SceneCard[] = [];
    for (const [id, record] of records)
      if (this.#cards.get(id)?.record.kind !== record.kind)
        for (const link of project.incoming(id)) stirred.add(project.link(link)?.from ?? "");
    for (const [id, record] of records) {
      const position = positions.get(id);
      if (position === undefined) continue;
      const badge = badges.get(id) ?? null;
      const seen = this.#cards.get(id);
      const kind = seen?.record === record && !stirred.has(id) ? seen.kind : cardKind(record);
      const same = seen?.record === record && seen.position === position && seen.kind === kind;
      if (same && !all && sameBadge(seen.badge, badge)) continue;
      this.#cards.set(id, { record, position, kind, badge });
      cards.push({ ...this.#look(record), id, x: position.x, y: position.y, width, height, kind, badge });
    }
    return { cards, removedCards: dropped(this.#cards, records, () => {}) };
  }

  #look(record: TouchpointRecord): Pick<SceneCard, "name" | "cta" | "stage" | "stopped" | "icon" | "audiences"> {
    return {
      name: record.name,
      cta: record.cta ?? "",
      stage: record.stage,
      stopped: record.status === "stopped",
      icon: channelIconNode(record.channel),
      audiences: record.audiences.map((id) => this.#places.get(id)).filter((place) => place !== undefined),
    };
  }
}

/** Takes out what is gone and tells its ids. */
function dropped<Seen>(
  all: Map<string, Seen>,
  records: ReadonlyMap<string, unknown>,
  tell: (gone: Seen) => void,
): string[] {
  const gone: string[] = [];
  for (const [id, seen] of all) {
    if (records.has(id)) continue;
    tell(seen);
    all.delete(id);
    gone.push(id);
  }
  return gone;
}

function cardKind(record: TouchpointRecord): CardKind {
  const kind = kindOf(record);
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
