/**
 * What is done with states of the past: look at one, compare two, go back to one, take one step back. Nothing here
 * changes the map but going back and taking back, which are steps like any other.
 */
import { type ComparisonView, host, type Point } from "../ipc";
import { announcer } from "../state/announcer.svelte";
import { company } from "../state/company.svelte";
import { panes } from "../state/panes.svelte";
import { past } from "../state/past.svelte";
import { type MapState, reading } from "../state/reading.svelte";
import { receiveReading } from "../state/receive";
import { toasts } from "../state/toasts.svelte";
import { counted } from "../state/words";
import { attempt, takeStep } from "./edit";
import { backToOwn } from "./lookAs";
import { offerUndo } from "./offerUndo";

export const now: MapState = { point: { kind: "now" }, name: "Now", detail: "" };

let statesAsked = 0;
let stepsAsked = 0;

/** Asks for versions and backups. Whatever is asked last has the newest answer. */
export async function refreshStates(): Promise<void> {
  statesAsked += 1;
  const mine = statesAsked;
  const view = await attempt(() => host().past());
  if (view === null || mine !== statesAsked) return;
  past.versions = view.versions;
  past.backups = view.backups;
}

/** Asks for the steps that are looked for. */
export async function refreshSteps(): Promise<void> {
  stepsAsked += 1;
  const mine = stepsAsked;
  const log = await attempt(() => host().log({ text: past.text, author: past.author }));
  if (log !== null && mine === stepsAsked) past.log = log;
}

export async function refreshPast(): Promise<void> {
  await Promise.all([refreshStates(), refreshSteps()]);
}

export async function keepVersionAs(name: string): Promise<boolean> {
  const kept = await attempt(() => host().keepVersion(name));
  if (kept === null) return false;
  announcer.say(`Kept as ${name}.`);
  await refreshPast();
  return true;
}

/** Shows a state on the map, only to be looked at. */
export async function lookAtState(state: MapState): Promise<void> {
  if (state.point.kind === "now") return backToOwn();
  const isLast = reading.takeTurn();
  const view = await attempt(() => host().lookAt(state.point));
  if (view === null || !isLast()) return;
  receiveReading(view, { kind: "past", state });
  announcer.say(`Looking at ${state.name}. The map itself is unchanged.`);
}

/** Shows what is different from one state to another, in a list and on the map. */
export async function compareStates(from: MapState, to: MapState = now): Promise<void> {
  const isLast = reading.takeTurn();
  const view = await attempt(() => host().compare(from.point, to.point));
  if (view === null || !isLast()) return;
  showComparison(view, from, to);
}

export function showComparison(view: ComparisonView, from: MapState, to: MapState = now): void {
  receiveReading(view.picture, { kind: "comparison", from, to, view });
  panes.tab = "history";
  const { rows } = view;
  announcer.say(
    `${rows.length === 0 ? "No difference in meaning" : counted(rows.length, "difference")} from ${from.name}.`,
  );
}

/** What was chosen in a dialog, by the name of its file. */
export function chosenFile(file: string | null): MapState {
  return { point: { kind: "chosen" }, name: file ?? "the other file", detail: "another file" };
}

/** Makes the map what it was state, as a step that can be undone. */
export async function goBackTo(state: MapState): Promise<void> {
  const isLast = reading.takeTurn();
  const go = () => takeStep(() => host().goBackTo(state.point, `Go back to “${state.name}”`));
  const rows = await offerUndo(go, (changed) => (changed === 0 ? null : `The map is as it was in “${state.name}”.`));
  if (rows === 0) toasts.show(`The map is as it was in “${state.name}” already.`);
  if (rows !== null && isLast()) await backToOwn();
}

/** Takes one step back, whoever did it. */
export async function takeBack(step: string, label: string): Promise<void> {
  const revert = () => takeStep(() => host().revertStep(step));
  if ((await offerUndo(revert, `Taken back: ${label}`)) !== null) await refreshPast();
}

/** Takes another copy of this project in: one beside the file, or the one that is being compared with. */
export async function mergeCopy(point: Point): Promise<void> {
  const merged = await attempt(() => host().mergeWith(point));
  if (merged) await showMerged(merged);
}

export async function showMerged(merged: { steps: number; conflicts: number; file: string }): Promise<void> {
  await backToOwn();
  company.seen();
  const steps = merged.steps === 0 ? "nothing new" : counted(merged.steps, "step");
  const text = `${merged.file} is taken in: ${steps}.`;
  if (merged.conflicts === 0) toasts.show(text);
  else {
    panes.tab = "conflicts";
    toasts.show(`${text} ${counted(merged.conflicts, "conflict")} to settle.`);
  }
}
