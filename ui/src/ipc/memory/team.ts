/**
 * The in-memory host's team: a past with several people in it, two places written on both sides, somebody else at the
 * file and a copy beside it. For looking at, and for tests.
 */
import type { CompanyView, ConflictView, Edit } from "../bindings";
import type { MemoryPast } from "./past";
import { applied, type Records } from "./records";

type Told = { author: string; at: string; label: string; edits: Edit[] };

/** Plays a few days of work by two people backward from the records: the first state is told last. */
export function playPast(past: MemoryPast, records: Records): Records {
  const [first, second, third] = records.touchpoints;
  if (!first || !second || !third) return records;
  const set = (id: string, field: string, value: unknown): Edit => ({
    op: "set",
    entity: "touchpoint",
    id,
    field,
    value,
  });
  const other = records.stages.find(({ id }) => id !== second.stage)?.id ?? null;
  const added = { id: "town-hall", name: "Town hall evening", kind: "driver", stage: first.stage, channel: "event" };
  const gone = records.touchpoints.at(-1)?.id ?? "";
  const told: Told[] = [
    {
      author: "Ines",
      at: "2026-11-18T09:12:00Z",
      label: `Rename ${first.name}`,
      edits: [set(first.id, "name", first.name)],
    },
    {
      author: "Ben",
      at: "2026-11-18T15:40:00Z",
      label: `Move ${second.name}`,
      edits: [set(second.id, "stage", other)],
    },
    { author: "Ben", at: "2026-11-19T10:05:00Z", label: "Change budget", edits: [set(third.id, "budget", 24000)] },
    {
      author: "Ines",
      at: "2026-11-20T11:30:00Z",
      label: "Add Town hall evening",
      edits: [{ op: "insert", entity: "touchpoint", value: added, after: null }],
    },
    {
      author: "Ines",
      at: "2026-11-20T11:42:00Z",
      label: "Delete the last one",
      edits: [{ op: "delete", entity: "touchpoint", id: gone }],
    },
  ];
  let now = records;
  past.keep("First draft", now, { at: "2026-11-17T16:00:00Z" });
  past.keep("2026-11-18", now, { at: "2026-11-18T17:00:00Z", automatic: true, author: "" });
  past.backUp("2026-11-20T11:45:00Z", 212, now);
  past.backUp("2026-11-19T10:06:00Z", 208, now);
  for (const { author, at, label, edits } of told) {
    const after = applied(now, edits).records;
    past.step(label, edits[0]?.op ?? "set", now, after, author, at);
    if (label === "Change budget") past.keep("As presented", after, { at: "2026-11-19T18:00:00Z", author: "Ben" });
    now = after;
  }
  past.chosen = records;
  return now;
}

export function playConflicts(records: Records): ConflictView[] {
  const [first, second] = records.touchpoints;
  const link = records.links[0];
  if (!first || !second || !link) return [];
  const name = (id: string) => records.touchpoints.find((row) => row.id === id)?.name ?? id;
  const side = (id: string, text: string, author: string, at: string) => ({ id, text, author, at });
  return [
    {
      entity: "touchpoint",
      id: first.id,
      field: "name",
      name: first.name,
      what: "name",
      touchpoints: [first.id],
      kept: side("a/7", first.name, "Ines", "2026-11-20T10:15:00Z"),
      others: [side("b/4", `${first.name} (short)`, "Ben", "2026-11-20T10:02:00Z")],
    },
    {
      entity: "touchpoint",
      id: second.id,
      field: "",
      name: second.name,
      what: "the touchpoint",
      touchpoints: [second.id],
      kept: side("a/8", "Stays, since it was changed", "Ines", "2026-11-20T10:20:00Z"),
      others: [side("b/5", "Was deleted", "Ben", "2026-11-20T10:04:00Z")],
    },
    {
      entity: "link",
      id: link.id,
      field: "cta",
      name: `${name(link.from)} → ${name(link.to)}`,
      what: "call to action",
      touchpoints: [link.from, link.to],
      kept: side("b/6", link.cta ?? "empty", "Ben", "2026-11-20T10:09:00Z"),
      others: [side("a/9", "Book a visit", "Ines", "2026-11-20T10:08:00Z")],
    },
  ];
}

export const team: CompanyView = {
  others: [{ author: "Ben", since: "2026-11-20T10:01:00Z" }],
  copies: ["sample (Ben’s conflicted copy 2026-11-20).backcast"],
};
