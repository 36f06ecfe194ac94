/** The coverage as the program last counted it: who is served where, by what, at what cost. Held as it came. */
import type { CoverageView } from "../ipc";

class Coverage {
  /** Null: not asked yet for this project. */
  view = $state.raw<CoverageView | null>(null);

  /** An answer that is older than the one held is dropped. */
  receive(view: CoverageView): void {
    if (this.view === null || view.revision >= this.view.revision) this.view = view;
  }
}

export const coverage = new Coverage();
