/** Puts a stage one place earlier or later; what the actions and the inspector's list share. */
import { project } from "../state/project.svelte";
import { commitEdits } from "./edit";

export function canMoveStage(id: string | null, step: -1 | 1): boolean {
  const index = project.stages.findIndex((stage) => stage.id === id);
  return index >= 0 && project.stages[index + step] !== undefined;
}

export async function moveStage(id: string, step: -1 | 1): Promise<void> {
  const { stages } = project;
  const index = stages.findIndex((stage) => stage.id === id);
  if (!canMoveStage(id, step)) return;
  // Behind the next one; or behind the one before the previous one, "" being the very front.
  const after = step === 1 ? (stages[index + 1]?.id ?? null) : (stages[index - 2]?.id ?? "");
  await commitEdits([{ op: "move", entity: "stage", id, after }], `Move stage ${stages[index]?.name}`);
}

/** Puts a stage at a place among the others, counted without it: 0 is the very front. */
export async function moveStageTo(id: string, place: number): Promise<void> {
  const index = project.stages.findIndex((stage) => stage.id === id);
  if (index < 0 || index === place) return;
  const others = project.stages.filter((stage) => stage.id !== id);
  const after = place <= 0 ? "" : (others[place - 1]?.id ?? null);
  await commitEdits([{ op: "move", entity: "stage", id, after }], `Move stage ${project.stages[index]?.name}`);
}
