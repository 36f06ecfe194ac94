/**
 * How links are walked on the map by key: from a touchpoint to its links in turn; from a link to its ends, or to the
 * next link beside it. It only looks.
 */
import type { LinkRecord } from "../ipc";
import { canvasDoor } from "../state/canvas.svelte";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { go, type Way } from "./walk";

/** Answers whether the step began on a link. */
export function walkLinks(way: Way): boolean {
  const link = selection.link === null ? undefined : project.link(selection.link);
  if (!link) return false;
  if (way === "upstream") go(link.from);
  else if (way === "downstream") go(link.to);
  else if (way === "up" || way === "down") stepBeside(link, way === "up" ? -1 : 1);
  return true;
}

/** The links of a touchpoint: those onward from the top, then those that lead here. */
export function linksOf(touchpoint: string): string[] {
  return [...byHeight(project.outgoing(touchpoint), "to"), ...byHeight(project.incoming(touchpoint), "from")];
}

export function goToLink(id: string): void {
  const link = project.link(id);
  if (!link) return;
  selection.selectLink(id);
  canvasDoor.current?.reveal([link.from, link.to]);
}

/** Among the links that leave the same touchpoint; where there is only one, among those that arrive at the same. */
function stepBeside(link: LinkRecord, step: -1 | 1): void {
  const leaving = byHeight(project.outgoing(link.from), "to");
  const beside = leaving.length > 1 ? leaving : byHeight(project.incoming(link.to), "from");
  const next = beside[beside.indexOf(link.id) + step];
  if (next !== undefined) goToLink(next);
}

function byHeight(links: readonly string[], end: "from" | "to"): string[] {
  const height = (id: string) => layout.card(project.link(id)?.[end] ?? "")?.y ?? 0;
  return [...links].sort((a, b) => height(a) - height(b));
}
