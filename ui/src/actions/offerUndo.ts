/** Says what a step did and offers to take it back, as long as it is the last one. */
import { toasts } from "../state/toasts.svelte";
import { undo } from "./undo";

export function offerUndo(text: string): void {
  toasts.show(text, { action: { label: "Undo", run: () => void undo.run() }, untilNextStep: true });
}
