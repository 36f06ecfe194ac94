/**
 * The one way from a gesture to the project: a batch of edits with a label, sent to the host. A refusal becomes a
 * toast here and nowhere else. State is not written: what changed comes back as an event.
 */
import { type Edit, type Entity, GaveUp, host, type JsonValue, type MapRecord, ProblemError } from "../ipc";
import { frame } from "../state/frame.svelte";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";
import { counted } from "../state/words";
import { freshId } from "./ids";

/** Runs what may be refused; answers null after showing why, and when whoever waited let go of it. Anything but a refusal is a defect and goes on up. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GaveUp) return null;
    if (!(error instanceof ProblemError)) throw error;
    const { message, remedy } = error.problem;
    toasts.show([message, remedy].filter(Boolean).join(" "), { tone: "problem" });
    return null;
  }
}

/** One transaction, one undo step. Answers the ids of inserted rows, or null when it was refused. */
export function commitEdits(edits: Edit[], label: string): Promise<string[] | null> {
  if (edits.length === 0 || !session.canEdit) return Promise.resolve([]);
  return takeStep(() => host().applyEdits(edits, label));
}

/** A step of one's own: from now on it is the one that undo means. Answers null when it was refused. */
export function takeStep<T>(work: () => Promise<T>): Promise<T | null> {
  toasts.moveOn();
  return attempt(work);
}

export function setEdit(entity: Entity, id: string, field: string, value: JsonValue): Edit {
  return { op: "set", entity, id, field, value };
}

/** A new row, last in its list. What is not known is left out rather than sent as null. */
export function insertEdit(entity: Entity, value: Record<string, JsonValue>): Edit & { op: "insert" } {
  const known = Object.entries(value).filter(([, field]) => field !== null);
  return { op: "insert", entity, value: Object.fromEntries(known), after: null };
}

/** Sets one field of the map itself, which has one fixed id. */
export async function setMapField(field: keyof MapRecord, value: string | null, what: string): Promise<void> {
  await commitEdits([setEdit("map", "map", field, value)], `Change ${what}`);
}

/** Sets one field of one row. */
export async function setField(entity: Entity, id: string, field: string, value: JsonValue, label: string) {
  await commitEdits([setEdit(entity, id, field, value)], label);
}

export function insertLinkEdit(from: string, to: string): Edit {
  return insertEdit("link", { id: freshId(`${from}-${to}`), from, to });
}

export function linked(from: string, to: string): boolean {
  return project.outgoing(from).some((id) => project.link(id)?.to === to);
}

export async function linkTouchpoints(from: string, to: string): Promise<void> {
  if (from === to || linked(from, to)) return;
  const [source, target] = [project.touchpoint(from)?.name, project.touchpoint(to)?.name];
  const edit = insertLinkEdit(from, to);
  const done = await commitEdits([edit], `Link ${source} to ${target}`);
  const id = done?.[0];
  if (id) selection.selectLink(id);
}

/** Whether the selected cards stand where hands put them: neither in lanes or among distances, nor in folded stages. */
export function placedByHand(): boolean {
  return frame.plain && ![...selection.touchpoints].some((id) => frame.isFolded(project.touchpoint(id)?.stage ?? null));
}

export type Move = { stage?: string | null; positions?: ReadonlyMap<string, readonly [number, number]> };

/** Moves cards as one step: to a stage (where they are laid out anew) and, when given, to places of their own. */
export async function moveTouchpoints(ids: readonly string[], move: Move): Promise<void> {
  const edits = ids.flatMap((id): Edit[] => {
    const touchpoint = project.touchpoint(id);
    if (!touchpoint) return [];
    const changesStage = move.stage !== undefined && move.stage !== touchpoint.stage;
    const placed = touchpoint.position !== null;
    const place = frame.isFolded(touchpoint.stage) ? undefined : move.positions?.get(id);
    const moved: Edit[] = changesStage ? [setEdit("touchpoint", id, "stage", move.stage ?? null)] : [];
    if (place) moved.push(setEdit("touchpoint", id, "position", [Math.round(layout.placeOf(place[0])), place[1]]));
    else if (changesStage && placed) moved.push(setEdit("touchpoint", id, "position", null));
    return moved;
  });
  await commitEdits(edits, `Move ${nameOf(ids)}`);
}

export async function renameStageTo(id: string, name: string): Promise<void> {
  const text = name.trim();
  const stage = project.stage(id);
  if (!stage || text === "" || text === stage.name) return;
  await setField("stage", id, "name", text, `Rename stage ${text}`);
}

/** "TV spot", or "3 touchpoints". */
export function nameOf(ids: readonly string[]): string {
  const only = ids.length === 1 ? project.touchpoint(ids[0] ?? "") : undefined;
  return only ? only.name : counted(ids.length, "touchpoint");
}
