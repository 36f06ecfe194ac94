/**
 * The in-memory host's records: a map read from its text form, edits applied to it. It accepts what the interface
 * sends and fills what is left out; the checks of the real program are not here.
 */
import type { AudienceRecord, DismissalRecord, Edit, Entity, MapRecord, StageRecord, SystemRecord } from "../bindings";
import type { JsonValue } from "../index";
import { emptyLink, emptyTouchpoint, type LinkRecord, type TouchpointRecord } from "../rows";
import { readSettings } from "./rules";

export type Records = {
  map: MapRecord;
  stages: StageRecord[];
  audiences: AudienceRecord[];
  systems: SystemRecord[];
  touchpoints: TouchpointRecord[];
  links: LinkRecord[];
  dismissals: DismissalRecord[];
};

type Row = { id: string };
type Fields = Record<string, JsonValue>;

const emptyRows: Record<Exclude<Entity, "map">, object> = {
  touchpoint: emptyTouchpoint,
  link: emptyLink,
  stage: { name: "", moment: null },
  audience: { need: null, evidence: [], horizon: null, cycle_days: null, channels: [], devices: [], size: null },
  system: { exchanges_with: [] },
  dismissal: { by: null, at: null },
};

export const emptyMap: MapRecord = {
  title: "Untitled map",
  theme: null,
  objective: null,
  starts_on: null,
  ends_on: null,
  currency: null,
  framework: null,
  rules: {},
};

export function readText(text: Record<string, unknown>): Records {
  const list = (key: string) => (text[key] ?? []) as Fields[];
  const rows = <T>(key: string, entity: Exclude<Entity, "map">) =>
    list(key).map((row, index) => ({ ...emptyRows[entity], id: `${entity}-${index + 1}`, ...row }) as T);
  const map = { ...emptyMap };
  for (const key of Object.keys(map) as (keyof MapRecord)[]) map[key] = (text[key] ?? null) as never;
  map.rules = readSettings(text.rules);
  return {
    map,
    stages: rows<StageRecord>("stages", "stage"),
    audiences: rows<AudienceRecord>("audiences", "audience"),
    systems: rows<SystemRecord>("systems", "system"),
    touchpoints: rows<TouchpointRecord>("touchpoints", "touchpoint"),
    links: rows<LinkRecord>("links", "link"),
    dismissals: rows<DismissalRecord>("dismissals", "dismissal"),
  };
}

const listOf = {
  stage: "stages",
  audience: "audiences",
  system: "systems",
  touchpoint: "touchpoints",
  link: "links",
  dismissal: "dismissals",
} as const;

/** Applies the edits to a copy and answers it with the ids of inserted rows; the given records stay as they are. */
export function applied(before: Records, edits: readonly Edit[]): { records: Records; inserted: string[] } {
  const records = structuredClone(before);
  const inserted: string[] = [];
  for (const edit of edits) applyOne(records, edit, inserted);
  return { records, inserted };
}

function applyOne(records: Records, edit: Edit, inserted: string[]): void {
  if (edit.entity === "map") {
    if (edit.op !== "set" || edit.id !== "map") throw new Error("of a map only fields can be set");
    const value = edit.field === "rules" ? readSettings(edit.value) : edit.value;
    (records.map as Record<string, unknown>)[edit.field] = value;
    return;
  }
  const rows = records[listOf[edit.entity]] as Row[];
  if (edit.op === "insert") {
    const value = edit.value as Fields;
    const id = typeof value.id === "string" ? value.id : `${edit.entity}-${crypto.randomUUID().slice(0, 6)}`;
    place(rows, { ...structuredClone(emptyRows[edit.entity]), ...value, id } as Row, edit.after ?? null);
    inserted.push(id);
  } else if (edit.op === "set") {
    setField(rows, edit.id, edit.field, edit.value);
  } else if (edit.op === "delete") {
    remove(records, edit.entity, edit.id);
  } else {
    const [row] = rows.splice(indexOf(rows, edit.id), 1);
    if (row) place(rows, row, edit.after);
  }
}

/** As in the real program: a driver has no rank, so that a kind set back to driver clears it. */
function setField(rows: Row[], id: string, field: string, value: unknown): void {
  const row = rows[indexOf(rows, id)] as unknown as Record<string, unknown>;
  row[field] = value;
  if (field === "kind" && value === "driver") row.rank = null;
}

function place(rows: Row[], row: Row, after: string | null): void {
  if (after === null) rows.push(row);
  else if (after === "") rows.unshift(row);
  else rows.splice(indexOf(rows, after) + 1, 0, row);
}

function indexOf(rows: readonly Row[], id: string): number {
  const index = rows.findIndex((row) => row.id === id);
  if (index < 0) throw new Error(`no row ${id}`);
  return index;
}

function remove(records: Records, entity: Exclude<Entity, "map">, id: string): void {
  const rows = records[listOf[entity]] as Row[];
  rows.splice(indexOf(rows, id), 1);
  if (entity === "touchpoint") records.links = records.links.filter((link) => link.from !== id && link.to !== id);
  if (entity === "stage") {
    for (const touchpoint of records.touchpoints) if (touchpoint.stage === id) touchpoint.stage = null;
  }
  if (entity === "system") {
    for (const touchpoint of records.touchpoints) if (touchpoint.system === id) touchpoint.system = null;
    for (const other of records.systems) other.exchanges_with = other.exchanges_with.filter((one) => one !== id);
  }
  if (entity === "audience") {
    for (const touchpoint of records.touchpoints) {
      touchpoint.audiences = touchpoint.audiences.filter((audience) => audience !== id);
    }
  }
}
