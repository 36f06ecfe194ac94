/** How the inspector's fields become edits: one field of one or several rows, as one step. */
import { commitEdits, nameOf, setEdit } from "../actions/edit";
import type { Edit, JsonValue, TouchpointRecord } from "../ipc";
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import { counted } from "../state/words";

/** Whose fields these are: ids of touchpoints, or of one link. */
export type Subject = readonly string[];

export async function setTouchpoints(ids: Subject, field: keyof TouchpointRecord, value: JsonValue, what: string) {
  const edits = ids.filter((id) => project.touchpoint(id)).map((id) => setEdit("touchpoint", id, field, value));
  await commitEdits(edits, `Change ${what} of ${nameOf(ids)}`);
}

/** From a day to a day, as `2026-05-01`. */
export type Flight = readonly [string, string];
export type FlightsChange = (flights: readonly Flight[]) => readonly Flight[];

/** Flights that are on their way to the project: the next change starts from them. */
const underWay = new Map<string, readonly Flight[]>();

/** Changes the flights of each row from what they are by now, as one step. */
export async function changeFlights(ids: Subject, change: FlightsChange) {
  const next = ids.flatMap((id) => {
    const now = underWay.get(id) ?? project.touchpoint(id)?.flights ?? null;
    const flights = now === null ? null : change(now).map(([from, to]): [string, string] => [from, to]);
    return flights === null || JSON.stringify(flights) === JSON.stringify(now) ? [] : [{ id, flights }];
  });
  for (const { id, flights } of next) underWay.set(id, flights);
  const edits = next.map(({ id, flights }) => setEdit("touchpoint", id, "flights", flights));
  try {
    await commitEdits(edits, `Change the flights of ${nameOf(ids)}`);
  } finally {
    for (const { id, flights } of next) if (underWay.get(id) === flights) underWay.delete(id);
  }
}

/** A driver has no rank and a destination is neither direct nor indirect: what no longer fits is emptied with it. */
export async function setKind(ids: Subject, kind: TouchpointRecord["kind"]) {
  const emptied = kind === "driver" ? "rank" : "driver";
  const edits = ids.flatMap((id): Edit[] => {
    const empty = project.touchpoint(id)?.[emptied] ? [setEdit("touchpoint", id, emptied, null)] : [];
    const isNew = kind === "destination" && project.touchpoint(id)?.kind !== kind;
    const rank = isNew ? [setEdit("touchpoint", id, "rank", "ultimate")] : [];
    return [...empty, setEdit("touchpoint", id, "kind", kind), ...rank];
  });
  await commitEdits(edits, ids.length === 1 ? `Make ${nameOf(ids)} a ${kind}` : `Make ${nameOf(ids)} ${kind}s`);
}

/** Gives a value to, or takes it from, the list of every row, in the order of `known`; other rows' own values stay. */
export async function setHeld(
  ids: Subject,
  field: "audiences" | "media",
  value: string,
  on: boolean,
  known: readonly string[],
) {
  const edits = ids.flatMap((id): Edit[] => {
    const row = project.touchpoint(id);
    const own = row ? heldBy(row, field) : [];
    if (!row || own.includes(value) === on) return [];
    const next = new Set(own);
    if (on) next.add(value);
    else next.delete(value);
    const unknown = own.filter((one) => !known.includes(one));
    return [setEdit("touchpoint", id, field, [...known.filter((one) => next.has(one)), ...unknown])];
  });
  await commitEdits(edits, `Change the ${field} of ${nameOf(ids)}`);
}

/** The media of a touchpoint are those of its channel until it says otherwise. */
export function heldBy(row: TouchpointRecord, field: "audiences" | "media"): readonly string[] {
  return field === "audiences" ? row.audiences : (row.media ?? session.channel(row.channel)?.media ?? []);
}

export async function setLink(ids: Subject, field: string, value: JsonValue, what: string) {
  const edits = ids.filter((id) => project.link(id)).map((id) => setEdit("link", id, field, value));
  await commitEdits(edits, `Change ${what} of ${ids.length === 1 ? "a link" : counted(ids.length, "link")}`);
}

/** What rows share, field by field: the value, or undefined; and what an empty field says when they differ. */
export function among<Row>(rows: () => readonly Row[]) {
  const shared = <Field extends keyof Row>(field: Field): Row[Field] | undefined =>
    common(rows().map((row) => row[field]));
  return { shared, noneOf: (field: keyof Row, none: string) => (shared(field) === undefined ? "Mixed" : none) };
}

/** The value that all have in common; undefined when they differ. */
export function common<Value>(values: readonly Value[]): Value | undefined {
  const first = values[0];
  return values.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : undefined;
}

/** A yes-or-no field that may also be left to the channel. */
export function triState(value: boolean | null): string | null {
  return value === null ? null : value ? "yes" : "no";
}

export function fromTriState(value: string | null): boolean | null {
  return value === null ? null : value === "yes";
}

export function options<Key extends string>(words: Record<Key, string>): { value: Key; label: string }[] {
  return (Object.keys(words) as Key[]).map((value) => ({ value, label: words[value] }));
}

export const yesNo = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

export const kinds = [
  { value: "destination", label: "Destination" },
  { value: "driver", label: "Driver" },
];

export const driverTypes = [
  { value: "direct", label: "Direct" },
  { value: "indirect", label: "Indirect" },
];

/** Words between commas. */
export function wordList(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
}
