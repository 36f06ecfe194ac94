/** Which links may be made, as a sentence when one may not, and what making or turning one does. It shows nothing. */
import type { PickerRequest } from "../state/intentions.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { commitEdits, linked, setEdit } from "./edit";

export type LinkEnd = "from" | "to";

/** Null when the link may be made; otherwise why not. */
export function linkRefusal(from: string, to: string): string | null {
  if (from === to) return "A touchpoint cannot lead to itself.";
  const names = [project.touchpoint(from)?.name, project.touchpoint(to)?.name];
  return linked(from, to) ? `${names[0]} leads to ${names[1]} already.` : null;
}

/** The same for a link that is there and would be turned; to leave it as it is may always be done. */
export function turnRefusal(link: string, from: string, to: string): string | null {
  const record = project.link(link);
  if (!record) return "This link is not there any more.";
  return record.from === from && record.to === to ? null : linkRefusal(from, to);
}

/** Why a touchpoint cannot be taken for what a picker asks; null when it can. */
export function pickRefusal({ anchor, direction, link }: PickerRequest, touchpoint: string): string | null {
  if (anchor === null) return null;
  const [from, to] = direction === "upstream" ? [touchpoint, anchor] : [anchor, touchpoint];
  return link === undefined ? linkRefusal(from, to) : turnRefusal(link, from, to);
}

/** Puts one end of a link on another touchpoint, as one step; everything else about the link stays. */
export async function retarget(link: string, end: LinkEnd, touchpoint: string): Promise<void> {
  const record = project.link(link);
  if (!record || record[end] === touchpoint) return;
  const ends = { ...record, [end]: touchpoint };
  if (turnRefusal(link, ends.from, ends.to) !== null) return;
  const what = end === "to" ? "the target" : "the start";
  const label = `Change ${what} of a link to ${project.touchpoint(touchpoint)?.name}`;
  if ((await commitEdits([setEdit("link", link, end, touchpoint)], label)) !== null) selection.selectLink(link);
}
