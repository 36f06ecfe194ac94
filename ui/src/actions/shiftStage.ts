/** What the two actions that move touchpoints between stages share. */
import type { Edit } from "../ipc";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { commitEdits, nameOf, setEdit } from "./edit";

/** Each touchpoint moves by its own stage; one at the rim stays. From "no stage" the way along leads to the first. */
function stageBeside(id: string, step: -1 | 1): string | undefined {
  const stage = project.touchpoint(id)?.stage ?? null;
  const index = project.stages.findIndex((candidate) => candidate.id === stage);
  return project.stages[index + step]?.id;
}

export function canShiftStage(step: -1 | 1): boolean {
  return session.canEdit && [...selection.touchpoints].some((id) => stageBeside(id, step) !== undefined);
}

export async function shiftStage(step: -1 | 1): Promise<void> {
  const ids = [...selection.touchpoints];
  const edits = ids.flatMap((id): Edit[] => {
    const stage = stageBeside(id, step);
    if (stage === undefined) return [];
    const unpin = project.touchpoint(id)?.position ? [setEdit("touchpoint", id, "position", null)] : [];
    return [setEdit("touchpoint", id, "stage", stage), ...unpin];
  });
  await commitEdits(edits, `Move ${nameOf(ids)}`);
}
