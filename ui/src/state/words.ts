/** The glossary's words for values of records, and the kind that a card shows. Text only: it changes nothing. */
import type { LinkRecord, Moment, Severity, TouchpointRecord } from "../ipc";
import { project } from "./project.svelte";

export type Kind = "destination" | "direct" | "indirect";

/** What the planner said; else direct when a link leads straight to a destination. `leads`: whether one does. */
export function kindOf(touchpoint: TouchpointRecord, leads = leadsStraight): Kind {
  if (touchpoint.kind === "destination") return "destination";
  return touchpoint.driver ?? (leads(touchpoint.id) ? "direct" : "indirect");
}

function leadsStraight(id: string): boolean {
  return project.outgoing(id).some((link) => project.touchpoint(project.link(link)?.to ?? "")?.kind === "destination");
}

/** All touchpoints that lead straight to a destination, for whoever asks of each. O(links). */
export function allThatLeadStraight(): ReadonlySet<string> {
  const { touchpoints, links } = project;
  const all = new Set<string>();
  for (const { from, to } of links.values()) if (touchpoints.get(to)?.kind === "destination") all.add(from);
  return all;
}

export const kindWords: Record<Kind, string> = {
  destination: "Destination",
  direct: "Direct driver",
  indirect: "Indirect driver",
};

export const severityWords: Record<Severity, string> = { high: "High", medium: "Medium", low: "Low" };

export const momentWords: Record<Moment, string> = {
  unaware: "Unaware",
  aware: "Aware",
  considering: "Considering",
  evaluating: "Evaluating",
  buying: "Buying",
  using: "Using",
  loyal: "Loyal",
  advocating: "Advocating",
};

export const rankWords: Record<NonNullable<TouchpointRecord["rank"]>, string> = {
  ultimate: "Ultimate",
  intermediate: "Intermediate",
};

export const statusWords: Record<NonNullable<TouchpointRecord["status"]>, string> = {
  planned: "Planned",
  live: "Live",
  changing: "Changing",
  stopped: "Stopped",
};

export const ownershipWords: Record<NonNullable<TouchpointRecord["ownership"]>, string> = {
  brand: "Brand",
  partner: "Partner",
  customer: "Customer",
  independent: "Independent",
};

export const mediaWords: Record<"paid" | "earned" | "shared" | "owned", string> = {
  paid: "Paid",
  earned: "Earned",
  shared: "Shared",
  owned: "Owned",
};

export const metricWords: Record<NonNullable<TouchpointRecord["metric"]>, string> = {
  reach: "Reach",
  click: "Clicks",
  lead: "Leads",
  sale: "Sales",
  retention: "Retention",
};

export const sellingWords: Record<NonNullable<TouchpointRecord["selling_intensity"]>, string> = {
  low: "Softly: it helps",
  medium: "Openly: it asks",
  high: "Hard: it presses",
};

export const evidenceWords: Record<NonNullable<TouchpointRecord["evidence_level"]>, string> = {
  assumed: "Assumed",
  researched: "Researched",
  measured: "Measured",
};

export const linkKindWords: Record<NonNullable<LinkRecord["kind"]>, string> = {
  link: "Link",
  search: "Search",
  word_of_mouth: "Word of mouth",
  hand_off: "Hand-off",
  retargeting: "Retargeting",
  loop: "Loop",
  leakage: "Leakage",
};

export const originWords: Record<NonNullable<LinkRecord["origin"]>, string> = {
  designed: "By design",
  emerged: "On its own",
};

export const horizonWords = { now: "Now", "3-6-months": "3–6 months", later: "Later" } as const;

/** "About 1,500 people take it": as exact as an estimate deserves. */
export function flowWords(people: number): string {
  if (people > 0 && people < 0.5) return "Hardly anybody takes it";
  const shown = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 }).format(Math.round(people));
  return `About ${shown} ${Math.round(people) === 1 ? "person takes" : "people take"} it`;
}

/** "1 gap", "3 gaps". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
