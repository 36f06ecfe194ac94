/**
 * Lays the whole map out anew: cards let go of the places they were given, in one step that can be taken back, and the
 * layout starts afresh.
 */
import { host } from "../ipc";
import { announcer } from "../state/announcer.svelte";
import { canvasDoor } from "../state/canvas.svelte";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { attempt, commitEdits } from "./edit";
import { pinnedOf, unpinned } from "./tidy";

export const layOutAnew: Action = {
  id: "layOutAnew",
  label: "Lay out the whole map anew",
  group: "Arrange",
  key: "Alt+Shift+T",
  scope: "map",
  enabled: () => session.canEdit && project.touchpointIds.length > 0,
  run: async () => {
    const edits = unpinned(pinnedOf(project.touchpointIds));
    if ((await commitEdits(edits, "Lay out the whole map anew")) === null) return;
    if (!(await rearrange())) return;
    canvasDoor.current?.zoomToFit();
    announcer.say("The map is laid out anew.");
  },
};

/** An answer that an edit has overtaken is asked for again. */
async function rearrange(): Promise<boolean> {
  const { revision, openings } = project;
  const view = await attempt(() => host().layOutAnew());
  if (view === null || project.openings !== openings) return false;
  if (project.revision !== revision) return rearrange();
  layout.rearrange(view);
  return true;
}
