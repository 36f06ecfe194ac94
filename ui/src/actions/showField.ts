/** Leads a person to a field of the inspector: selects the row it belongs to, unfolds its group, gives it the keyboard. */
import { tick } from "svelte";
import type { Entity } from "../ipc";
import { evidence } from "../state/evidence.svelte";
import { intentions } from "../state/intentions.svelte";
import { keys } from "../state/keys.svelte";
import { panes } from "../state/panes.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { toasts } from "../state/toasts.svelte";
import { addDestination } from "./addDestination";
import { linkTo } from "./linkTo";
import { go } from "./walk";

/** `id` null: the row that lacks the field first. */
export type Place = { entity: Entity; id: string | null; field: string };

/** Leads to what rules wait for. Where nothing could have the field yet, to adding the first that can. */
export async function fillIn({ entity, field }: { entity: Entity; field: string }): Promise<void> {
  if (entity === "touchpoint" && (project.touchpointIds.length === 0 || (field === "kind" && !hasDestination()))) {
    addDestination.run();
  } else if (entity === "link" && project.linkIds.length === 0) {
    const key = keys.shown(linkTo);
    const how = key === null ? "choose “Link to…”" : `press ${key} to link it`;
    toasts.show(`There is no link yet. Select a touchpoint, then ${how}.`);
  } else if (entity === "touchpoint" && field === "system" && project.systems.length === 0) {
    // There is nothing to choose among yet.
    await showField({ entity: "system", id: null, field: "name" });
  } else {
    await showField({ entity, id: null, field });
  }
}

function hasDestination(): boolean {
  return [...project.touchpoints.values()].some((touchpoint) => touchpoint.kind === "destination");
}

export async function showField(place: Place): Promise<void> {
  const id = place.id ?? lacking(place);
  // What is missing is on no particular gap: the map shows itself plainly again.
  if (place.id === null) evidence.focused = null;
  choose(place.entity, id);
  panes.tab = "inspector";
  await tick();
  const target = fieldElement(place, id);
  if (!target) return;
  // A folded group hears this and unfolds.
  target.dispatchEvent(new CustomEvent("reveal", { bubbles: true }));
  await tick();
  target.scrollIntoView({ block: "center" });
  target.querySelector<HTMLElement>("input, select, textarea, button")?.focus();
}

function choose(entity: Entity, id: string | null): void {
  if (entity === "touchpoint" && id !== null) go(id);
  else if (entity === "link" && id !== null) selection.selectLink(id);
  else selection.clear();
  if (entity === "audience") intentions.audience = id;
}

/** Where there is no row yet, the list it would be added to. */
function fieldElement({ entity, field }: Place, id: string | null): HTMLElement | null {
  const name = CSS.escape(`${entity}.${field}`);
  const row = id === null ? "" : `[data-row="${CSS.escape(id)}"] `;
  const find = (selector: string) => document.querySelector<HTMLElement>(`[data-pane="side"] ${selector}`);
  return find(`${row}[data-field="${name}"]`) ?? find(`[data-field="${name}"]`) ?? find(`[data-field="${entity}"]`);
}

/** Fields that only one kind of touchpoint has, or that matter most there. */
const kindOfField: Record<string, "destination" | "driver"> = {
  rank: "destination",
  metric: "destination",
  conversion_rate: "destination",
  driver: "driver",
};

function lacking({ entity, field }: Place): string | null {
  const empty = (row: object) => {
    const value = (row as Record<string, unknown>)[field];
    return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  };
  if (entity === "touchpoint") {
    const fitting = [...project.touchpoints.values()].filter((row) => row.kind === (kindOfField[field] ?? row.kind));
    const first = fitting.find((row) => row.id === selection.touchpoint) ?? fitting.find(empty);
    return (first ?? fitting[0])?.id ?? null;
  }
  const rows: Partial<Record<Entity, Iterable<{ id: string }>>> = {
    link: project.links.values(),
    stage: project.stages,
    audience: project.audiences,
    system: project.systems,
  };
  const list = [...(rows[entity] ?? [])];
  return (list.find(empty) ?? list[0])?.id ?? null;
}
