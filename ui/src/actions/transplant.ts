/**
 * The edits that plant a fragment into the open map: rows under fresh ids, what they name found again by id, then by
 * name; a stage also by the moment of the journey that it is about. Stages that the map does not have are left;
 * audiences and systems come along. It sends nothing.
 */
import type { Edit, JsonValue } from "../ipc";
import { project } from "../state/project.svelte";
import { insertEdit } from "./edit";
import type { Fragment, FragmentRow } from "./fragment";
import { freshId } from "./ids";

export type Planted = { edits: Edit[]; touchpoints: string[] };
/** How the names of the new touchpoints are made from the old ones. */
export type Naming = (name: string) => string;

/** `stage`: where touchpoints of a single stage go instead; null: to the stage they had. */
export function transplant(fragment: Fragment, stage: string | null, naming: Naming): Planted {
  const stages = matchedStages(fragment.stages);
  const [audiences, newAudiences] = found(fragment.audiences, project.audiences, "audience");
  const [systems, newSystems] = found(fragment.systems, project.systems, "system");
  const ids = new Map(fragment.touchpoints.map((row) => [row.id, freshId(String(row.name))]));
  const only = new Set(fragment.touchpoints.map((row) => row.stage ?? null)).size === 1 ? stage : null;
  const touchpoints = fragment.touchpoints.map((row) => {
    const own = {
      ...row,
      id: ids.get(row.id) ?? "",
      name: naming(String(row.name)),
      stage: only ?? reference(row.stage, stages),
      system: reference(row.system, systems),
      audiences: list(row.audiences).flatMap((id) => audiences.get(String(id)) ?? []),
    } as Record<string, JsonValue>;
    delete own.position;
    return insertEdit("touchpoint", own);
  });
  const links = fragment.links.map((row) => {
    const [from, to] = [ids.get(row.from) ?? "", ids.get(row.to) ?? ""];
    return insertEdit("link", { ...row, id: freshId(`${row.from}-${row.to}`), from, to });
  });
  return { edits: [...newAudiences, ...newSystems, ...touchpoints, ...links], touchpoints: [...ids.values()] };
}

type Named = { id: string; name: string };

/** From the ids of a fragment to those of the map: the same id, else the same name. */
function matched(rows: readonly FragmentRow[], own: readonly Named[]): Map<string, string> {
  const byName = new Map(own.map(({ id, name }) => [name.toLocaleLowerCase(), id]));
  const found = new Map<string, string>();
  for (const row of rows) {
    const id = own.some((one) => one.id === row.id) ? row.id : byName.get(String(row.name ?? "").toLocaleLowerCase());
    if (id !== undefined) found.set(row.id, id);
  }
  return found;
}

/** A stage of another framework stands for the first one of the map that is about the same moment. */
function matchedStages(rows: readonly FragmentRow[]): Map<string, string> {
  const found = matched(rows, project.stages);
  for (const { id, moment } of rows) {
    const same = moment ? project.stages.find((stage) => stage.moment === moment) : undefined;
    if (same && !found.has(id)) found.set(id, same.id);
  }
  return found;
}

/** Those that the map has, and inserts for those it has not. */
function found(
  rows: readonly FragmentRow[],
  own: readonly Named[],
  entity: "audience" | "system",
): [Map<string, string>, Edit[]] {
  const known = matched(rows, own);
  const edits: Edit[] = [];
  for (const row of rows) {
    if (known.has(row.id)) continue;
    const id = freshId(String(row.name ?? entity));
    known.set(row.id, id);
    // Whom a system talks to is a matter of the map it came from.
    const { exchanges_with: _, ...rest } = row;
    edits.push(insertEdit(entity, { ...rest, id }));
  }
  return [known, edits];
}

function reference(value: JsonValue | undefined, known: ReadonlyMap<string, string>): string | null {
  return typeof value === "string" ? (known.get(value) ?? null) : null;
}

function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
