/**
 * What is usual where: the stage a touchpoint is added to, the channels that work there, and which of them are offered
 * first. Read from the catalogue's own facts, so that a planner's channels take part. It proposes; it adds nothing.
 */
import type { ChannelView, Moment, StageRecord, TouchpointRecord } from "../ipc";
import type { Direction } from "./intentions.svelte";
import { project } from "./project.svelte";
import { session } from "./session.svelte";
import { momentWords } from "./words";

/** In the order of the journey. */
const moments = Object.keys(momentWords) as Moment[];

export function fits(channel: ChannelView, stage: StageRecord): boolean {
  return stage.moment !== null && channel.moments.includes(stage.moment);
}

/**
 * The stage that a touchpoint of no particular channel would be added to: one step against, or along, the journey. What
 * brings people somewhere happens no later than that: stages of a later moment are stepped over, as are those of
 * frameworks that have their purchase last.
 */
export function usualStage(anchor: TouchpointRecord | undefined, direction: Direction): StageRecord | undefined {
  const { stages } = project;
  const index = stages.findIndex((stage) => stage.id === anchor?.stage);
  if (index < 0) return undefined;
  const own = stages[index];
  if (direction === "sibling") return own;
  if (direction === "downstream") return stages[index + 1] ?? own;
  const before = stages.slice(0, index).reverse();
  return before.find((stage) => !isLater(stage, own)) ?? before[0] ?? own;
}

function isLater(stage: StageRecord, than: StageRecord | undefined): boolean {
  if (stage.moment === null || !than?.moment) return false;
  return moments.indexOf(stage.moment) > moments.indexOf(than.moment);
}

/**
 * Channels in which people end up: places of the brand, or of those who sell for it, where people buy. Those that do
 * nothing else come first, then the brand's own, then those where somebody answers.
 */
export function destinationChannels(): ChannelView[] {
  const rank = (channel: ChannelView) =>
    (channel.moments.length > 1 ? 4 : 0) + (channel.ownership === "brand" ? 0 : 2) + (channel.twoWay ? 1 : 0);
  return session.channels.filter(isPlaceToBuy).sort((a, b) => rank(a) - rank(b));
}

function isPlaceToBuy({ moments, ownership, consent, pickUp, tracked, entry, group }: ChannelView): boolean {
  if (!moments.includes("buying") || consent || (ownership !== "brand" && ownership !== "partner")) return false;
  // What the customer holds in hand already leads on, and an address that is typed is a way, not a place.
  const after = moments.includes("using") && !moments.includes("considering") && !moments.includes("evaluating");
  return !after && !(pickUp && entry) && !(ownership === "partner" && tracked && group.startsWith("Affiliate"));
}

/** Direct: what brings people here. Indirect: what makes people look. */
export type Asked = "direct" | "indirect";

/** What is asked about a touchpoint, drawing backward; null: people meet it unasked, it needs nothing behind it. */
export function askedOf(touchpoint: TouchpointRecord): Asked | null {
  if (touchpoint.kind === "destination") return "direct";
  const channel = session.channel(touchpoint.channel);
  const entry = touchpoint.entry ?? channel?.entry ?? false;
  return entry && !channel?.pickUp ? null : "indirect";
}

export const questions: Record<Asked, string> = {
  direct: "What brings people here?",
  indirect: "What makes people look?",
};

/** The usual channels for the question in a stage, one of each medium before a second of any, `count` at most. */
export function usualFor(asked: Asked, stage: StageRecord, without: ReadonlySet<string>, count: number): ChannelView[] {
  const score = asked === "direct" ? bringsHere : makesLook;
  const ranked = session.channels
    .filter((channel) => fits(channel, stage) && !without.has(channel.id) && score(channel) > 0)
    .sort((a, b) => score(b) - score(a));
  const media = new Set<string>();
  const first = ranked.filter(({ media: [medium = ""] }) => !media.has(medium) && media.add(medium));
  return [...first, ...ranked.filter((channel) => !first.includes(channel))].slice(0, count);
}

/** A driver straight to a destination can be followed: it catches those who look, or speaks to those who are known. */
function bringsHere({ tracked, pickUp, consent, media, moments }: ChannelView): number {
  const reaches = media.includes("owned") ? consent : pickUp || media.includes("paid");
  return reaches && tracked ? 2 + (pickUp ? 1 : 0) + moments.length / 10 : 0;
}

/** What stirs people is met unasked; the more it is made for this moment alone, the better. */
function makesLook({ entry, pickUp, tracked, moments }: ChannelView): number {
  return entry && !pickUp ? 2 + (tracked ? 0 : 1) - moments.length / 10 : 0;
}
