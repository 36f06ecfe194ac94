/** The in-memory host's comparison: rows by what is different, and both states in one set of records. */
import type { Difference, Fate, MarkView, RowDifferenceView } from "../bindings";
import { type ChangedRow, changedRows, fieldsOf } from "./past";
import type { Records } from "./records";

export type Compared = {
  rows: RowDifferenceView[];
  layout: RowDifferenceView[];
  touchpoints: MarkView[];
  links: MarkView[];
  both: Records;
};

export function compared(from: Records, to: Records): Compared {
  const all = changedRows(from, to);
  const names = new Map([...from.touchpoints, ...to.touchpoints].map(({ id, name }) => [id, name]));
  const rows = all.map((row) => difference(row, names));
  const isLayout = ({ kinds }: RowDifferenceView) => kinds.every((kind) => kind === "laidOut");
  const touchpoints = all.filter(({ entity }) => entity === "touchpoint");
  const links = all.filter(({ entity }) => entity === "link");
  return {
    rows: rows.filter((row) => !isLayout(row)),
    layout: rows.filter(isLayout),
    touchpoints: touchpoints.flatMap(marks),
    links: links.flatMap(marks),
    both: {
      ...to,
      touchpoints: [...to.touchpoints, ...ghosts(touchpoints, from.touchpoints)],
      links: [...to.links, ...ghosts(links, from.links)],
    },
  };
}

function difference({ entity, id, was, is }: ChangedRow, names: ReadonlyMap<string, string>): RowDifferenceView {
  const row = is ?? was;
  const name =
    entity === "link" ? `${names.get(String(row?.from))} → ${names.get(String(row?.to))}` : String(row?.name ?? id);
  if (!was || !is) return { entity, id, name, kinds: [was ? "removed" : "added"], fields: [] };
  const fields = fieldsOf(was, is);
  return { entity, id, name, kinds: [...new Set(fields.map(({ field }) => kindOf(field)))], fields };
}

function kindOf(field: string): Difference {
  if (field === "name" || field === "title") return "renamed";
  if (field === "stage") return "restaged";
  if (field === "from" || field === "to") return "retargeted";
  if (field === "position") return "laidOut";
  if (field === "flights") return "rescheduled";
  return field.includes("budget") ? "rebudgeted" : "changed";
}

function fateOf({ was, is }: ChangedRow): Fate {
  if (!was) return "added";
  if (!is) return "removed";
  const kinds = fieldsOf(was, is).map(({ field }) => kindOf(field));
  if (kinds.some((kind) => kind === "restaged" || kind === "retargeted")) return "moved";
  return kinds.every((kind) => kind === "laidOut") ? "laidOut" : "changed";
}

function marks(row: ChangedRow): MarkView[] {
  const fate = fateOf(row);
  const mark = { id: row.id, fate, of: row.id };
  return fate === "moved" ? [mark, { id: `${row.id}←`, fate: "left", of: row.id }] : [mark];
}

function ghosts<Row extends { id: string }>(changed: readonly ChangedRow[], before: readonly Row[]): Row[] {
  return changed.flatMap((row) => {
    const old = before.find(({ id }) => id === row.id);
    const fate = fateOf(row);
    if (!old || (fate !== "removed" && fate !== "moved")) return [];
    return [{ ...old, id: fate === "moved" ? `${row.id}←` : row.id, position: null }];
  });
}
