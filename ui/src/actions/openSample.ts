/** Offers the example campaigns, each with a small picture; the chosen one is opened as a new map without a file. */
import { host, type SampleView } from "../ipc";
import { dialogs } from "../state/dialogs.svelte";
import { receiveProject } from "../state/receive";
import type { Action } from "./action";
import { attempt } from "./edit";

export const openSample: Action = {
  id: "openSample",
  label: "Open an example…",
  group: "File",
  key: null,
  scope: "window",
  enabled: () => true,
  run: async () => {
    const samples = await attempt(() => host().samples());
    if (samples) dialogs.show({ kind: "samples", samples });
  },
};

export async function openSampleCalled({ name }: SampleView): Promise<void> {
  const view = await attempt(() => host().openSample(name));
  if (view === null) return;
  dialogs.close();
  receiveProject(view);
}
