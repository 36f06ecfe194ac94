/** The stage that stage actions act on: that of the selected touchpoint, else the one the outline stands on, else the last. */
import { intentions } from "../state/intentions.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";

export function stageInHand(): string | null {
  const touchpoint = selection.touchpoint === null ? undefined : project.touchpoint(selection.touchpoint);
  const stage = touchpoint?.stage ?? intentions.stage;
  return (stage !== null && project.stage(stage)?.id) || (project.stages.at(-1)?.id ?? null);
}
