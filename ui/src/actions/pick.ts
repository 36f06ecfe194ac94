/**
 * What happens when something is taken in the picker: a touchpoint and its link are added in one step, or an
 * existing touchpoint is linked. It decides the stage of a new touchpoint; the picker only shows choices.
 */
import type { ChannelView, Edit } from "../ipc";
import { canvasDoor } from "../state/canvas.svelte";
import type { PickerRequest } from "../state/intentions.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { fits, usualStage } from "../state/usual";
import { commitEdits, insertEdit, insertLinkEdit, linked, linkTouchpoints } from "./edit";
import { freshId } from "./ids";
import { retarget } from "./linking";

export type Pick =
  | { kind: "channel"; channel: ChannelView }
  | { kind: "existing"; id: string }
  | { kind: "named"; name: string };

export async function take(request: PickerRequest, pick: Pick): Promise<void> {
  if (pick.kind === "existing") await linkExisting(request, pick.id);
  else if (pick.kind === "channel") await addTouchpoint(request, pick.channel.name, pick.channel);
  else await addTouchpoint(request, pick.name, null);
}

async function linkExisting(request: PickerRequest, id: string): Promise<void> {
  const { anchor, direction, link } = request;
  if (link !== undefined) return retarget(link, direction === "upstream" ? "from" : "to", id);
  if (anchor === null) return;
  if (direction === "downstream") await linkTouchpoints(anchor, id);
  else if (direction === "upstream") await linkTouchpoints(id, anchor);
  else await linkToTargets(id, anchor);
  selection.select(id);
  canvasDoor.current?.reveal([id]);
}

async function linkToTargets(id: string, anchor: string): Promise<void> {
  const targets = targetsOf(anchor).filter((target) => target !== id && !linked(id, target));
  const edits = targets.map((target) => insertLinkEdit(id, target));
  await commitEdits(edits, `Link ${project.touchpoint(id)?.name}`);
}

/** One batch: the touchpoint and what links it. It is selected and brought into view. */
export async function addTouchpoint(
  request: PickerRequest,
  wanted: string,
  channel: ChannelView | null,
): Promise<void> {
  const name = unusedNames()(wanted);
  const id = freshId(name);
  const stage = request.stage === undefined ? stageFor(request, channel) : request.stage;
  const destination = request.mode === "destination" || becomesDestination(request);
  const value = {
    id,
    name,
    kind: destination ? "destination" : "driver",
    ...(destination ? { rank: request.rank ?? "ultimate" } : {}),
    stage,
    channel: channel?.id ?? null,
  };
  const done = await commitEdits([insertEdit("touchpoint", value), ...linksFor(request, id)], `Add ${name}`);
  if (done === null) return;
  selection.select(id);
  canvasDoor.current?.reveal([id]);
}

function becomesDestination({ anchor, direction }: PickerRequest): boolean {
  return direction === "sibling" && anchor !== null && project.touchpoint(anchor)?.kind === "destination";
}

function linksFor({ anchor, direction, mode }: PickerRequest, id: string): Edit[] {
  if (anchor === null || mode === "destination") return [];
  if (direction === "upstream") return [insertLinkEdit(id, anchor)];
  if (direction === "downstream") return [insertLinkEdit(anchor, id)];
  return targetsOf(anchor).map((target) => insertLinkEdit(id, target));
}

/** What a sibling leads to as well: the first target, as the tree of a mind map would have it. */
function targetsOf(anchor: string): string[] {
  const first = project.outgoing(anchor)[0];
  const link = first === undefined ? undefined : project.link(first);
  return link ? [link.to] : [];
}

/**
 * "E-mail", and "E-mail 2" when there is one already. What it has given out is taken from then on; the map's names are
 * gone through once and each number is tried once, however many names are asked for.
 */
export function unusedNames(): (wanted: string) => string {
  const taken = new Set([...project.touchpoints.values()].map(({ name }) => name));
  const numbers = new Map<string, number>();
  return (wanted) => {
    let number = numbers.get(wanted) ?? 1;
    const numbered = () => (number === 1 ? wanted : `${wanted} ${number}`);
    while (taken.has(numbered())) number += 1;
    numbers.set(wanted, number);
    taken.add(numbered());
    return numbered();
  };
}

function stageFor(request: PickerRequest, channel: ChannelView | null): string | null {
  if (request.mode === "destination") return destinationStage(channel);
  const anchor = request.anchor === null ? undefined : project.touchpoint(request.anchor);
  const usual = usualStage(anchor, request.direction);
  if (!usual || !channel || request.direction === "sibling" || fits(channel, usual)) return usual?.id ?? null;
  const anchorIndex = project.stages.findIndex((stage) => stage.id === anchor?.stage);
  const upstream = request.direction === "upstream";
  const candidates = upstream
    ? project.stages.slice(0, anchorIndex + 1).reverse()
    : project.stages.slice(Math.max(0, anchorIndex));
  return (candidates.find((stage) => fits(channel, stage)) ?? usual).id;
}

/** Where people end up is where they buy, when the framework has such a stage and the channel works there. */
function destinationStage(channel: ChannelView | null): string | null {
  const buying = project.stages.filter((stage) => stage.moment === "buying").at(-1);
  if (buying) return buying.id;
  const fitting = channel ? project.stages.filter((stage) => fits(channel, stage)).at(-1) : undefined;
  return (fitting ?? project.stages.at(-1))?.id ?? null;
}
