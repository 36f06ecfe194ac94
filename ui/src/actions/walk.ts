/** How the selection walks over the map: along links, within a column, to where people end up. It only looks. */
import { canvasDoor } from "../state/canvas.svelte";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";

export type Way = "upstream" | "downstream" | "up" | "down" | "destination";

export function go(target: string | null): void {
  if (target === null) return;
  selection.select(target);
  canvasDoor.current?.reveal([target]);
}

export function extendTo(target: string | null): void {
  if (target === null) return;
  selection.extend(target);
  canvasDoor.current?.reveal([target]);
}

/** Null: there is nothing that way. Without a selection every way leads to where people end up. */
export function walkTarget(way: Way): string | null {
  const from = selection.touchpoint;
  if (from === null || !project.touchpoint(from)) return firstDestination();
  if (way === "destination") return destinationAhead(from);
  if (way === "up" || way === "down") return columnNeighbour(from, way === "up" ? -1 : 1);
  return nearest(from, way === "upstream" ? sourcesOf(from) : targetsOf(from));
}

function targetsOf(id: string): string[] {
  return project.outgoing(id).flatMap((link) => project.link(link)?.to ?? []);
}

function sourcesOf(id: string): string[] {
  return project.incoming(id).flatMap((link) => project.link(link)?.from ?? []);
}

function height(id: string): number {
  return layout.card(id)?.y ?? 0;
}

function nearest(from: string, candidates: readonly string[]): string | null {
  const others = candidates.filter((id) => id !== from);
  return others.sort((a, b) => Math.abs(height(a) - height(from)) - Math.abs(height(b) - height(from)))[0] ?? null;
}

function columnNeighbour(from: string, step: -1 | 1): string | null {
  const stage = project.touchpoint(from)?.stage ?? null;
  const column = project.touchpointIds
    .filter((id) => (project.touchpoint(id)?.stage ?? null) === stage)
    .sort((a, b) => height(a) - height(b));
  return column[column.indexOf(from) + step] ?? null;
}

/** Breadth first along the links, so that the closest destination wins. */
function destinationAhead(from: string): string | null {
  const seen = new Set([from]);
  let front = [from];
  while (front.length > 0) {
    const next = front.flatMap(targetsOf).filter((id) => !seen.has(id));
    const found = next.find((id) => project.touchpoint(id)?.kind === "destination");
    if (found !== undefined) return found;
    for (const id of next) seen.add(id);
    front = [...new Set(next)];
  }
  return project.touchpoint(from)?.kind === "destination" ? null : firstDestination();
}

function firstDestination(): string | null {
  const destinations = [...project.touchpoints.values()].filter((touchpoint) => touchpoint.kind === "destination");
  const ultimate = destinations.find((touchpoint) => touchpoint.rank !== "intermediate");
  return (ultimate ?? destinations[0])?.id ?? project.touchpointIds[0] ?? null;
}
