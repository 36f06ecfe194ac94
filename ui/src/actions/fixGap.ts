/** Offers the fixes of the gap in hand in a menu; and what a gap can have done to it: mended, dismissed, opened again. */
import { type FixView, type GapView, host, ProblemError } from "../ipc";
import { evidence } from "../state/evidence.svelte";
import { intentions } from "../state/intentions.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { takeStep } from "./edit";
import { gapInHand } from "./gapInHand";
import { lookIntoGap } from "./lookIntoGap";
import { offerUndo } from "./offerUndo";
import { showField } from "./showField";

export const fixGap: Action = {
  id: "fixGap",
  label: "Fix the gap…",
  group: "Gaps",
  key: "Ctrl+.",
  scope: "window",
  enabled: () => session.canEdit && gapInHand() !== undefined,
  whileTyping: true,
  run: () => {
    const gap = gapInHand();
    if (gap) void offerFixes(gap.key);
  },
};

/** Opens the menu of a gap's fixes as they are now. */
export async function offerFixes(key: string): Promise<void> {
  await lookIntoGap(key);
  intentions.fixing = key;
}

/** Mends in one step, or leads to the field where only a person knows what to fill in. */
export async function applyFix(gap: GapView, { title, fillIn, fingerprint }: FixView): Promise<void> {
  if (fillIn) {
    await showField(fillIn);
    return;
  }
  await offerUndo(() => takeStep(() => mended(gap.key, fingerprint)), `Done: ${title}`);
}

/** A fix that would do something else by now is refused, and what can be done instead is offered. */
async function mended(key: string, fingerprint: string): Promise<true> {
  try {
    await host().fixGap(key, fingerprint);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === "stale") void offerFixes(key);
    throw error;
  }
  return true;
}

export async function dismissGap(gap: GapView, reason: string): Promise<void> {
  const text = reason.trim();
  if (text === "") return;
  const dismiss = () =>
    takeStep(() =>
      host()
        .dismissGap(gap.key, text)
        .then(() => true),
    );
  const done = await offerUndo(dismiss, `Dismissed: ${gap.ruleName}`);
  if (done && evidence.focused === gap.key) evidence.focused = null;
}

export async function reopenGap(gap: GapView): Promise<void> {
  await takeStep(() => host().reopenGap(gap.key));
}
