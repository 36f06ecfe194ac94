/** Reads the state into what a scene is made from. Reading subscribes; writing is not possible here. */

import type { TouchpointRecord } from "../ipc";
import { channelIconNode } from "../kit/channelIcon";
import { gaps } from "../state/gaps.svelte";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { kindOf } from "../state/words";
import type { Badge, CardKind } from "./scene";
import type { LinkFacts, SceneSource, TouchpointFacts } from "./sceneBuilder";

export function sceneSource(): SceneSource {
  const audiences = new Map(project.audiences.map((audience, place) => [audience.id, place]));
  const cards = layout.cards;
  const touchpoints: TouchpointFacts[] = [];
  for (const id of project.touchpointIds) {
    const record = project.touchpoint(id);
    if (record !== undefined) touchpoints.push(touchpointFacts(record, audiences));
  }
  const links: LinkFacts[] = [];
  for (const link of project.links.values())
    links.push({
      id: link.id,
      from: link.from,
      to: link.to,
      label: link.cta ?? "",
      severity: gaps.byLink(link.id)[0]?.severity ?? null,
    });
  return {
    touchpoints,
    links,
    columns: layout.columns,
    place: (id) => cards.get(id),
    cardWidth: layout.cardWidth,
    cardHeight: layout.cardHeight,
  };
}

function touchpointFacts(record: TouchpointRecord, audiences: ReadonlyMap<string, number>): TouchpointFacts {
  return {
    id: record.id,
    name: record.name,
    cta: record.cta ?? "",
    stage: record.stage,
    kind: cardKind(record),
    stopped: record.status === "stopped",
    icon: channelIconNode(record.channel),
    audiences: record.audiences.map((id) => audiences.get(id)).filter((place) => place !== undefined),
    badge: badgeOf(record.id),
  };
}

function cardKind(record: TouchpointRecord): CardKind {
  const kind = kindOf(record);
  if (kind !== "destination") return kind;
  return record.rank === "intermediate" ? "intermediate" : "ultimate";
}

function badgeOf(id: string): Badge | null {
  const found = gaps.byTouchpoint(id);
  const worst = found[0];
  return worst === undefined ? null : { severity: worst.severity, count: found.length };
}
