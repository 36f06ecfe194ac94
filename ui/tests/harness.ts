/** One window without a window: the in-memory host, a map, and the state that listens to it. */
import { lookIntoGap } from "../src/actions/lookIntoGap";
import { type FixView, type GapView, setHost } from "../src/ipc";
import { sampleTexts } from "../src/ipc/memory/catalogue";
import { MemoryHost } from "../src/ipc/memoryHost";
import { begin } from "../src/shell/begin";
import { dialogs } from "../src/state/dialogs.svelte";
import { gapDetails } from "../src/state/gapDetails.svelte";
import { gapList } from "../src/state/gapList.svelte";
import { gaps } from "../src/state/gaps.svelte";
import { panes } from "../src/state/panes.svelte";
import { project } from "../src/state/project.svelte";
import { session } from "../src/state/session.svelte";
import { toasts } from "../src/state/toasts.svelte";

let stop: (() => void) | null = null;

/** Opens an example by name, or an empty map of the usual framework. */
export async function openMap(name: string | null): Promise<MemoryHost> {
  stop?.();
  session.screen = "starting";
  toasts.list = [];
  dialogs.close();
  gapList.release();
  panes.tab = "inspector";
  panes.view = "map";
  const empty = {
    title: "Empty",
    stages: [
      { id: "discover", name: "Discover", moment: "aware" },
      { id: "explore", name: "Explore", moment: "considering" },
      { id: "buy", name: "Buy", moment: "buying" },
    ],
  };
  const host = new MemoryHost(name === null ? empty : (sampleTexts[name] ?? null));
  setHost(host);
  stop = begin();
  await settled(() => session.screen === "map");
  return host;
}

/** Waits for what was asked of the host to have come back. */
export async function settled(done: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !done(); turn += 1) await new Promise((go) => setTimeout(go, 0));
  if (!done()) throw new Error("It did not come to rest.");
}

/** The fixes of a gap as they are now. */
export async function fixesOf(key: string): Promise<FixView[]> {
  await lookIntoGap(key);
  return gapDetails.of(key)?.fixes ?? [];
}

/** The open gaps that a fix mends in one step, with the first such. */
export async function mendable(): Promise<{ gap: GapView; fix: FixView }[]> {
  const found = await Promise.all(
    gaps.open.map(async (gap) => ({ gap, fix: (await fixesOf(gap.key)).find((one) => one.fillIn === null) })),
  );
  return found.filter((one): one is { gap: GapView; fix: FixView } => one.fix !== undefined);
}

export async function revisionAfter(work: () => unknown): Promise<number> {
  const before = project.revision;
  await work();
  await settled(() => project.revision > before);
  return project.revision;
}

export function idOf(name: string): string {
  for (const touchpoint of project.touchpoints.values()) if (touchpoint.name === name) return touchpoint.id;
  throw new Error(`no touchpoint ${name}`);
}

export function names(): string[] {
  return project.touchpointIds.map((id) => project.touchpoint(id)?.name ?? "");
}
