/**
 * Whether the map is being read under another framework, and under which. A reading is only looked at: what happens to
 * the project meanwhile is not shown, but remembered as missed, so that coming back shows the newest.
 */
import type { FrameworkView } from "../ipc";

class Reading {
  /** Null: the map itself is shown. */
  framework = $state.raw<FrameworkView | null>(null);
  /** The framework of the map itself, by id or in free text. */
  own = $state.raw<string | null>(null);
  #missed = 0;

  begin(framework: FrameworkView, own: string | null): void {
    // From one reading to the next, the map's own framework stays the one it was.
    if (this.framework === null) this.own = own;
    this.framework = framework;
  }

  end(): void {
    this.framework = null;
    this.own = null;
    this.#missed = 0;
  }

  /** Answers whether news of this revision is not to be shown now. */
  passesOver(revision: number): boolean {
    if (this.framework === null) return false;
    this.#missed = Math.max(this.#missed, revision);
    return true;
  }

  /** Whether a view of this revision shows all that happened during the reading. */
  isCaughtUpBy(revision: number): boolean {
    return revision >= this.#missed;
  }
}

export const reading = new Reading();
