/**
 * Dividing the map otherwise: what the actions for lanes and for columns by distance share. The program lays the map out
 * anew for it; nothing is edited, so there is nothing to take back but by choosing again.
 */
import { type FrameForm, host } from "../ipc";
import { announcer } from "../state/announcer.svelte";
import { canvasDoor } from "../state/canvas.svelte";
import { frame, type LanesBy } from "../state/frame.svelte";
import { lanes, lanesByWords } from "../state/lanes.svelte";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { reading } from "../state/reading.svelte";
import { session } from "../state/session.svelte";
import { counted } from "../state/words";
import { attempt } from "./edit";

/** What is only looked at is laid out with the rest when it is asked for. */
export function canDivide(): boolean {
  return session.screen === "map" && canvasDoor.inView && !reading.active;
}

export async function divideBy(lanesBy: LanesBy | null): Promise<void> {
  if (!(await divide({ ...frame.form, lanes: lanesBy }))) return;
  const said = lanesBy === null ? "Lanes are off." : `Lanes by ${lanesByWords[lanesBy].toLowerCase()}`;
  announcer.say(lanesBy === null ? said : `${said}: ${counted(lanes.list.length, "lane")}.`);
}

export async function toggleDistances(): Promise<void> {
  const distances = !frame.distances;
  if (!(await divide({ ...frame.form, distances }))) return;
  announcer.say(distances ? "Columns are distances from the destinations." : "Columns are stages.");
}

/** The project was opened: it is divided as it was the last time, before anybody has looked. */
export async function restoreDivision(): Promise<void> {
  if (frame.plain) return;
  const { openings, revision } = project;
  const view = await attempt(() => host().divide(frame.form));
  if (view === null || project.openings !== openings) return;
  if (project.revision !== revision) return restoreDivision();
  layout.replace(view);
  project.openings += 1;
  project.projects += 1;
}

/** An answer that an edit has overtaken is asked for again; of several wishes the last one counts. */
async function divide(form: FrameForm): Promise<boolean> {
  frame.divide(form);
  const { revision, openings } = project;
  const view = await attempt(() => host().divide(form));
  if (view === null || project.openings !== openings) return false;
  if (frame.lanes !== form.lanes || frame.distances !== form.distances) return false;
  if (project.revision !== revision) return divide(form);
  layout.rearrange(view);
  // The names of lanes take room from the map, which has its new size a frame later.
  const fit = () => canvasDoor.current?.zoomToFit();
  window.requestAnimationFrame(() => window.requestAnimationFrame(fit));
  return true;
}
