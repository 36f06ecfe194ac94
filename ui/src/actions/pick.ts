/**
 * What happens when something is taken in the picker: a touchpoint and its link are added in one step, or an
 * existing touchpoint is linked. It decides the stage of a new touchpoint; the picker only shows choices.
 */
import type { ChannelView } from "../ipc";
import { canvasDoor, type Newcomer, type ScreenRectangle } from "../state/canvas.svelte";
import type { PickerRequest } from "../state/intentions.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
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

let arriving: Promise<void> | null = null;

/** The touchpoint that is seen on the map already and is not in it yet; null: there is none. */
export function arrival(): Promise<void> | null {
  return arriving;
}

/** One batch: the touchpoint and what links it. It is selected and brought into view. `ready`: a slot it takes the place of. */
export function addTouchpoint(
  request: PickerRequest,
  wanted: string,
  channel: ChannelView | null,
  ready: ScreenRectangle | null = null,
): Promise<void> {
  const added: Promise<void> = add(request, wanted, channel, ready).finally(() => {
    if (arriving === added) arriving = null;
  });
  arriving = added;
  return added;
}

async function add(
  request: PickerRequest,
  wanted: string,
  channel: ChannelView | null,
  ready: ScreenRectangle | null,
): Promise<void> {
  const name = unusedNames()(wanted);
  const id = freshId(name);
  const stage = request.stage === undefined ? stageFor(request, channel) : request.stage;
  const destination = request.mode === "destination" || becomesDestination(request);
  const rank = request.rank ?? "ultimate";
  const value = {
    id,
    name,
    kind: destination ? "destination" : "driver",
    ...(destination ? { rank } : {}),
    stage,
    channel: channel?.id ?? null,
  };
  const ends = linksFor(request, id);
  const links = ends.map(([from, to]) => insertLinkEdit(from, to));
  const leads = ends.some(([, to]) => project.touchpoint(to)?.kind === "destination");
  const kind = destination ? rank : leads ? "direct" : "indirect";
  const arrived = expect({ id, name, kind, stage, channel: channel?.id ?? null }, request, ends, ready);
  const done = await commitEdits([insertEdit("touchpoint", value), ...links], `Add ${name}`);
  arrived();
  if (done === null) return;
  selection.select(id);
  canvasDoor.current?.reveal([id]);
}

type Ends = readonly (readonly [from: string, to: string])[];

/** What the hand does is seen in the next frame: the card shows about where it will stand, while the map takes it in. */
function expect(
  card: Omit<Newcomer, "anchor" | "direction" | "to" | "from">,
  { anchor, direction }: PickerRequest,
  ends: Ends,
  ready: ScreenRectangle | null,
): () => void {
  const canvas = canvasDoor.current;
  if (anchor === null || canvas === null || !session.canEdit) return () => undefined;
  const to = ends.filter(([from]) => from === card.id).map(([, other]) => other);
  const from = ends.filter(([, other]) => other === card.id).map(([other]) => other);
  return canvas.expect({ ...card, anchor, direction, to, from }, ready);
}

function becomesDestination({ anchor, direction }: PickerRequest): boolean {
  return direction === "sibling" && anchor !== null && project.touchpoint(anchor)?.kind === "destination";
}

function linksFor({ anchor, direction, mode }: PickerRequest, id: string): Ends {
  if (anchor === null || mode === "destination") return [];
  if (direction === "upstream") return [[id, anchor]];
  if (direction === "downstream") return [[anchor, id]];
  return targetsOf(anchor).map((target) => [id, target]);
}

/** What a sibling leads to as well: the first target, as the tree of a mind map would have it. */
function targetsOf(anchor: string): string[] {
  const first = project.outgoing(anchor)[0];
  const link = first === undefined ? undefined : project.link(first);
  return link ? [link.to] : [];
}

/**
 * "E-mail", and "E-mail 2" when there is one already; after both, "E-mail 2" becomes "E-mail 3". What it has given out
 * is taken from then on; the map's names are gone through once and each number is tried once, however many names are
 * asked for.
 */
export function unusedNames(): (wanted: string) => string {
  const taken = new Set([...project.touchpoints.values()].map(({ name }) => name));
  const numbers = new Map<string, number>();
  return (wanted) => {
    const base = taken.has(wanted) ? countedFrom(wanted, taken) : wanted;
    let number = numbers.get(base) ?? 1;
    const numbered = () => (number === 1 ? base : `${base} ${number}`);
    while (taken.has(numbered())) number += 1;
    numbers.set(base, number);
    taken.add(numbered());
    return numbered();
  };
}

/** A number at the end counts when what stands before it is a name as well: "Census 2020" is a name of its own. */
function countedFrom(name: string, taken: ReadonlySet<string>): string {
  const before = /^(.+) \d+$/.exec(name)?.[1];
  return before !== undefined && taken.has(before) ? before : name;
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
