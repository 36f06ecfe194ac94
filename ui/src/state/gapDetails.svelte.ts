/**
 * How the gaps that somebody looks at are mended, and what suffers from them: asked for when they are shown. What is
 * held may be older than the map; the program refuses a fix that would do something else by now.
 */
import type { GapDetailView } from "../ipc";

class GapDetails {
  #byKey = $state.raw<ReadonlyMap<string, GapDetailView>>(new Map());

  of(key: string | null | undefined): GapDetailView | undefined {
    return key === null || key === undefined ? undefined : this.#byKey.get(key);
  }

  /** An answer that is older than the one held is dropped. */
  receive(key: string, detail: GapDetailView): void {
    const held = this.#byKey.get(key);
    if (held && held.revision > detail.revision) return;
    this.#byKey = new Map(this.#byKey).set(key, detail);
  }

  /** Drops what nobody can look at any more. */
  keepOnly(isThere: (key: string) => boolean): void {
    const kept = [...this.#byKey].filter(([key]) => isThere(key));
    if (kept.length < this.#byKey.size) this.#byKey = new Map(kept);
  }

  forget(): void {
    this.#byKey = new Map();
  }
}

export const gapDetails = new GapDetails();
