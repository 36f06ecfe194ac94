/**
 * A part of a map as text: what is copied, and what can be pasted here, in another window, or from a chat. It is the
 * text form of a map with fewer keys:
 *
 * ```json
 * { "format": "backcast-fragment", "version": 1,
 *   "stages": [ … ], "audiences": [ … ], "systems": [ … ],
 *   "touchpoints": [ … ], "links": [ … ] }
 * ```
 *
 * Rows have the fields of the text form; empty ones are left out, and so is where a card stood. `links` are those
 * between the touchpoints; `stages`, `audiences` and `systems` are those that the touchpoints name. A whole map in its
 * text form reads as a fragment too, and so does one with words around it, as chats and mails have them. Reading
 * refuses what is neither, and it changes nothing.
 */
import type { JsonValue } from "../ipc";
import { project } from "../state/project.svelte";

export type FragmentRow = { [field: string]: JsonValue } & { id: string };
export type Fragment = {
  stages: FragmentRow[];
  audiences: FragmentRow[];
  systems: FragmentRow[];
  touchpoints: FragmentRow[];
  links: (FragmentRow & { from: string; to: string })[];
};

const format = "backcast-fragment";
const version = 1;
/** More rows than this are no copy but an import. */
const mostRows = 5000;

/** What is on the clipboard is no part of a map: one sentence why. */
export class NotAFragment extends Error {}

/** The touchpoints of these ids, in the map's order, as text. */
export function fragmentOf(ids: ReadonlySet<string>): string {
  const touchpoints = project.touchpointIds.filter((id) => ids.has(id)).flatMap((id) => project.touchpoint(id) ?? []);
  const links = [...project.links.values()].filter(({ from, to }) => ids.has(from) && ids.has(to));
  const named = (values: readonly (string | null)[]) => new Set(values.filter((value) => value !== null));
  const stages = named(touchpoints.map(({ stage }) => stage));
  const audiences = named(touchpoints.flatMap((touchpoint) => touchpoint.audiences));
  const systems = named(touchpoints.map(({ system }) => system));
  const fragment = {
    format,
    version,
    stages: project.stages.filter(({ id }) => stages.has(id)).map(withoutEmpty),
    audiences: project.audiences.filter(({ id }) => audiences.has(id)).map(withoutEmpty),
    systems: project.systems.filter(({ id }) => systems.has(id)).map(withoutEmpty),
    touchpoints: touchpoints.map(({ position: _, ...row }) => withoutEmpty(row)),
    links: links.map(withoutEmpty),
  };
  return JSON.stringify(fragment, null, 2);
}

function withoutEmpty(row: object): Record<string, unknown> {
  const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(row).filter(([, value]) => !isEmpty(value)));
}

export function readFragment(text: string): Fragment {
  const whole = parsed(text);
  if (!isObject(whole)) throw new NotAFragment("What is on the clipboard is no part of a map.");
  if (whole.format !== format && whole.format !== "backcast-map")
    throw new NotAFragment("What is on the clipboard is no part of a map.");
  if (whole.version !== version)
    throw new NotAFragment("What is on the clipboard was copied from a newer Backcast. Update this one to paste it.");
  const touchpoints = rows(whole, "touchpoints");
  if (touchpoints.length === 0) throw new NotAFragment("There are no touchpoints in what is on the clipboard.");
  for (const row of touchpoints)
    if (typeof row.name !== "string" || row.name.trim() === "")
      throw new NotAFragment(`The touchpoint “${row.id}” on the clipboard has no name.`);
  const known = new Set(touchpoints.map(({ id }) => id));
  if (known.size < touchpoints.length) throw new NotAFragment("Two touchpoints on the clipboard have the same id.");
  return {
    stages: rows(whole, "stages"),
    audiences: rows(whole, "audiences"),
    systems: rows(whole, "systems"),
    touchpoints,
    links: rows(whole, "links", false).map((row) => linkRow(row, known)),
  };
}

function parsed(text: string): unknown {
  if (text.trim() === "") throw new NotAFragment("There is nothing on the clipboard to paste.");
  for (const json of [text, text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)])
    try {
      return JSON.parse(json);
    } catch {
      // What is around it may be what is wrong with it.
    }
  throw new NotAFragment("What is on the clipboard is no part of a map.");
}

/** `own`: rows have to bring an id; those of links may leave it out. */
function rows(whole: Record<string, unknown>, key: string, own = true): FragmentRow[] {
  const list = whole[key] ?? [];
  if (!Array.isArray(list) || list.length > mostRows)
    throw new NotAFragment(`“${key}” on the clipboard is not a list that can be pasted.`);
  return list.map((row: unknown) => {
    if (!isObject(row) || (own && (typeof row.id !== "string" || row.id === "")))
      throw new NotAFragment(`One of the ${key} on the clipboard has no id.`);
    return { ...row, id: typeof row.id === "string" ? row.id : "" } as FragmentRow;
  });
}

function linkRow(row: FragmentRow, touchpoints: ReadonlySet<string>): Fragment["links"][number] {
  const { from, to } = row;
  if (typeof from !== "string" || typeof to !== "string" || !touchpoints.has(from) || !touchpoints.has(to))
    throw new NotAFragment("A link on the clipboard leads to a touchpoint that is not there.");
  return { ...row, from, to };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
