/**
 * Makes the scene from the records and the layout. A pure function of both and of the scene before:
 * cards and links that come out the same are the same objects, so that identity tells what changed.
 */
import type { IconNode } from "../kit/channelIcon";
import { Router } from "./routing";
import type { Badge, CardKind, GapSeverity, Scene, SceneCard, SceneColumn, SceneLink } from "./scene";

export type TouchpointFacts = {
  id: string;
  name: string;
  cta: string;
  stage: string | null;
  kind: CardKind;
  stopped: boolean;
  icon: IconNode;
  audiences: readonly number[];
  badge: Badge | null;
};
export type LinkFacts = { id: string; from: string; to: string; label: string; severity: GapSeverity | null };

export type SceneSource = {
  touchpoints: Iterable<TouchpointFacts>;
  links: Iterable<LinkFacts>;
  columns: readonly SceneColumn[];
  place: (touchpoint: string) => { x: number; y: number } | undefined;
  cardWidth: number;
  cardHeight: number;
};

export const emptyScene: Scene = {
  cards: new Map(),
  links: new Map(),
  columns: [],
  linksOf: new Map(),
  routes: new Router(new Map(), [], []),
  cardWidth: 208,
  cardHeight: 64,
};

export function buildScene(source: SceneSource, before: Scene = emptyScene): Scene {
  const cards = buildCards(source, before);
  const facts = [...source.links].filter((link) => cards.has(link.from) && cards.has(link.to));
  const routes = new Router(cards, source.columns, facts);
  const links = new Map<string, SceneLink>();
  const linksOf = new Map<string, string[]>();
  for (const fact of facts) {
    const link = buildLink(fact, routes, before);
    if (link === null) continue;
    links.set(link.id, link);
    push(linksOf, link.from, link.id);
    if (link.to !== link.from) push(linksOf, link.to, link.id);
  }
  const { columns, cardWidth, cardHeight } = source;
  return { cards, links, columns, linksOf, routes, cardWidth, cardHeight };
}

function buildLink(fact: LinkFacts, routes: Router, before: Scene): SceneLink | null {
  const known = before.links.get(fact.id);
  const sameFacts = known !== undefined && known.from === fact.from && known.to === fact.to;
  if (sameFacts && before.routes instanceof Router && routes.sameAs(before.routes, fact))
    return known.label === fact.label && known.severity === fact.severity ? known : { ...known, ...fact };
  const route = routes.route(fact);
  if (route === null) return null;
  const link: SceneLink = { ...fact, ...route };
  return known !== undefined && sameLink(known, link) ? known : link;
}

function buildCards(source: SceneSource, before: Scene): Map<string, SceneCard> {
  const cards = new Map<string, SceneCard>();
  for (const facts of source.touchpoints) {
    const place = source.place(facts.id);
    if (place === undefined) continue;
    const card = { ...facts, x: place.x, y: place.y, width: source.cardWidth, height: source.cardHeight };
    const known = before.cards.get(card.id);
    cards.set(card.id, known !== undefined && sameCard(known, card) ? known : card);
  }
  return cards;
}

function sameCard(a: SceneCard, b: SceneCard): boolean {
  return (
    a.x === b.x &&
    a.y === b.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.name === b.name &&
    a.cta === b.cta &&
    a.stage === b.stage &&
    a.kind === b.kind &&
    a.stopped === b.stopped &&
    a.icon === b.icon &&
    a.badge?.severity === b.badge?.severity &&
    a.badge?.count === b.badge?.count &&
    sameNumbers(a.audiences, b.audiences)
  );
}

function sameLink(a: SceneLink, b: SceneLink): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.label === b.label &&
    a.severity === b.severity &&
    a.course === b.course &&
    sameNumbers(a.curve, b.curve)
  );
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
