/** Says what a step did and offers to take it back, as long as it is the last one. */
import { toasts } from "../state/toasts.svelte";
import { undo } from "./undo";

/**
 * Begins a step, waits for its answer and answers with it; with null where there was nothing to begin. When another
 * step has been begun by then, an offer to undo would mean that one: what was done is said without it. `text`: null
 * when nothing was.
 */
export async function offerUndo<T>(
  begin: () => Promise<T | null>,
  text: string | ((answer: T) => string | null),
): Promise<T | null> {
  const before = toasts.step;
  const begun = begin();
  const { step } = toasts;
  const answer = await begun;
  if (answer === null || step === before) return null;
  const said = typeof text === "string" ? text : text(answer);
  if (said === null) return answer;
  if (step !== toasts.step) toasts.show(said);
  else toasts.show(said, { action: { label: "Undo", run: () => takeBack(step) }, untilNextStep: true });
  return answer;
}

function takeBack(step: number): void {
  if (step === toasts.step && undo.enabled()) void undo.run();
}
