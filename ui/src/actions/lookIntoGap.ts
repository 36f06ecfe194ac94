/** Asks how a gap is mended and what suffers from it. That the gap is gone meanwhile is no news: its card goes too. */
import { host, ProblemError } from "../ipc";
import { gapDetails } from "../state/gapDetails.svelte";
import { reading } from "../state/reading.svelte";

export async function lookIntoGap(key: string): Promise<void> {
  try {
    gapDetails.receive(key, await host().lookIntoGap(key, reading.framework?.id ?? null));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}
