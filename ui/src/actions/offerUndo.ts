/** Says what a step did and offers to take it back, as long as it is the last one. */
import { toasts } from "../state/toasts.svelte";
import { undo } from "./undo";

/**
 * Waits for the answer to the step that was begun just now and answers with it. When another step has been begun by
 * then, an offer to undo would mean that one: what was done is said without it. `text`: null when nothing was.
 */
export async function offerUndo<T>(
  begun: Promise<T | null>,
  text: string | ((answer: T) => string | null),
): Promise<T | null> {
  const { step } = toasts;
  const answer = await begun;
  if (answer === null) return null;
  const said = typeof text === "string" ? text : text(answer);
  if (said === null) return answer;
  if (step !== toasts.step) toasts.show(said);
  else toasts.show(said, { action: { label: "Undo", run: () => takeBack(step) }, untilNextStep: true });
  return answer;
}

function takeBack(step: number): void {
  if (step === toasts.step && undo.enabled()) void undo.run();
}
