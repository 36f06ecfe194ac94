/** Offers the fixes of the gap in hand in a menu; and what a gap can have done to it: mended, dismissed, opened again. */
import type { GapView } from "../ipc";
import { host } from "../ipc";
import { evidence } from "../state/evidence.svelte";
import { intentions } from "../state/intentions.svelte";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";
import { gapInHand } from "./gapInHand";
import { showField } from "./showField";
import { undo } from "./undo";

export const fixGap: Action = {
  id: "fixGap",
  label: "Fix the gap…",
  group: "Gaps",
  key: "Ctrl+.",
  scope: "window",
  enabled: () => session.canEdit && (gapInHand()?.fixes.length ?? 0) > 0,
  whileTyping: true,
  run: () => {
    intentions.fixing = gapInHand()?.key ?? null;
  },
};

/** Mends in one step, or leads to the field where only a person knows what to fill in. */
export async function applyFix(gap: GapView, fix: number): Promise<void> {
  const offered = gap.fixes[fix];
  if (!offered) return;
  const { title, fillIn } = offered;
  if (fillIn) {
    await showField(fillIn);
    return;
  }
  if (
    (await attempt(() =>
      host()
        .fixGap(gap.key, fix)
        .then(() => true),
    )) === null
  )
    return;
  toasts.show(`Done: ${title}`, { action: { label: "Undo", run: () => void undo.run() } });
}

export async function dismissGap(gap: GapView, reason: string): Promise<void> {
  const text = reason.trim();
  if (text === "") return;
  if (
    (await attempt(() =>
      host()
        .dismissGap(gap.key, text)
        .then(() => true),
    )) === null
  )
    return;
  if (evidence.focused === gap.key) evidence.focused = null;
  toasts.show(`Dismissed: ${gap.ruleName}`, { action: { label: "Undo", run: () => void undo.run() } });
}

export async function reopenGap(gap: GapView): Promise<void> {
  await attempt(() => host().reopenGap(gap.key));
}
