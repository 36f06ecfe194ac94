/**
 * Putting touchpoints into another lane: what the lanes tell apart becomes what that lane says. Edits and words only;
 * the hand that drags, and the step they belong to, are the map's. Which channel group a touchpoint is in follows from
 * its channel, so no lane can say it.
 */
import type { ChannelView, Edit, JsonValue, TouchpointRecord } from "../ipc";
import type { LanesBy } from "../state/frame.svelte";
import { lanesByWords } from "../state/lanes.svelte";
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import { setEdit } from "./edit";

/** What a drop would do, or why it would do nothing. */
export type LaneChange = { edits: readonly Edit[]; refusal: null } | { edits: readonly []; refusal: string };

const fields = { audience: "audiences", ownership: "ownership", media: "media" } as const;

/** `name`: the lane's, as the layout gives it; null: the lane of what says nothing of the kind. */
export function toLane(ids: readonly string[], by: LanesBy, name: string | null): LaneChange {
  if (by === "channelGroup") return refused("The lane follows from the channel. Choose another channel to change it.");
  const edits: Edit[] = [];
  for (const id of ids) {
    const touchpoint = project.touchpoint(id);
    if (touchpoint === undefined) continue;
    const channel = session.channel(touchpoint.channel);
    if (name === null && by !== "audience" && channel !== undefined)
      return refused(`${lanesByWords[by]} follows from the channel, ${channel.name}, and cannot be left open.`);
    const value = said(touchpoint, channel, by, name);
    if (!same(value, touchpoint[fields[by]])) edits.push(setEdit("touchpoint", id, fields[by], value));
  }
  return { edits, refusal: null };
}

function refused(refusal: string): LaneChange {
  return { edits: [], refusal };
}

function said(
  touchpoint: TouchpointRecord,
  channel: ChannelView | undefined,
  by: keyof typeof fields,
  name: string | null,
): JsonValue {
  if (by === "audience")
    return first(
      name,
      touchpoint.audiences.filter((id) => project.audience(id) !== undefined),
    );
  // What the channel says anyway need not be said of the touchpoint.
  if (by === "ownership") return name === channel?.ownership ? null : name;
  const media = name === null ? null : first(name, touchpoint.media ?? channel?.media ?? []);
  return same(media, channel?.media ?? null) ? null : media;
}

/** The lane is decided by the first: one that is there comes to the front, another takes the place of the first. */
function first(name: string | null, before: readonly string[]): string[] {
  if (name === null) return [];
  return [name, ...(before.includes(name) ? before.filter((one) => one !== name) : before.slice(1))];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
