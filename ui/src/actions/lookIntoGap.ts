/** Asks how a gap is mended and what suffers from it. That the gap is gone meanwhile is no news: its card goes too. */
import { host, ProblemError } from "../ipc";
import { gapDetails } from "../state/gapDetails.svelte";
import { reading } from "../state/reading.svelte";

export async function lookIntoGap(key: string): Promise<void> {
  // What the past lacked is past: its gaps are not mended, only seen.
  if (reading.active && reading.view === null) return;
  try {
    gapDetails.receive(key, await host().lookIntoGap(key, reading.framework?.id ?? null, reading.live));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}
