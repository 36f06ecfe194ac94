/** Reads the map under another framework, by moments, or only what is live of it, without changing it. */
import { type FrameworkView, host } from "../ipc";
import { announcer } from "../state/announcer.svelte";
import { dialogs } from "../state/dialogs.svelte";
import { project } from "../state/project.svelte";
import { reading } from "../state/reading.svelte";
import { receiveOwnMap, receiveReading } from "../state/receive";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";

export const lookAs: Action = {
  id: "lookAs",
  label: "Read as another framework…",
  group: "View",
  key: null,
  scope: "window",
  enabled: () => session.screen === "map" && project.touchpointIds.length > 0,
  run: () => dialogs.show({ kind: "lookAs" }),
};

/** The framework of the map itself, also while it is read under another one. */
export function ownFramework(): string | null {
  return reading.framework === null ? project.map.framework : reading.own;
}

/** What the map's own stages are called where the planner gave them no framework. */
export function ownName(): string {
  const own = ownFramework();
  return session.framework(own)?.name ?? own ?? "the map’s own stages";
}

/** Choosing the map's own framework leads back to the map itself. */
export async function readAs(framework: FrameworkView): Promise<void> {
  await look(framework.id === ownFramework() ? null : framework, reading.live);
}

/** Leaves touchpoints out that are stopped or only planned, or takes them in again; the framework stays. */
export async function readLive(live: boolean): Promise<void> {
  await look(reading.framework, live);
}

async function look(framework: FrameworkView | null, live: boolean): Promise<void> {
  if (framework === null && !live) return backToOwn();
  const isLast = reading.takeTurn();
  const view = await attempt(() => host().lookAs(framework?.id ?? null, live));
  // Something else may have been wished for while this was being read.
  if (view === null || !isLast()) return;
  receiveReading(view, { kind: "view", framework, live });
  announcer.say(`${readingWords(framework, live)}. The map itself is unchanged.`);
}

/** What is read, in words. */
export function readingWords(framework: FrameworkView | null, live: boolean): string {
  if (framework === null) return "Only what is live";
  return `Read as ${framework.name}${live ? ", only what is live" : ""}`;
}

/** Shows the map itself again; what was still being asked for is not shown any more. */
export async function backToOwn(): Promise<void> {
  const isLast = reading.takeTurn();
  if (!reading.active) return;
  let view = await attempt(() => host().lookAs(null, false));
  while (view !== null && isLast() && !reading.isCaughtUpBy(view.revision))
    view = await attempt(() => host().lookAs(null, false));
  if (view === null || !isLast()) return;
  const { framework } = reading;
  receiveOwnMap(view);
  announcer.say(framework === null ? "Back to the map as it is." : `Back to ${ownName()}.`);
}
