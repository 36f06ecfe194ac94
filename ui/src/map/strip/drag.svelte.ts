/** A stage on its way to another place in the strip: which, where it would land, and what letting go does. */

/** `left`, `right`: the cell on screen, in pixels of the strip. */
export type StageSpan = { id: string; left: number; right: number };

/** A hand that trembles is not yet dragging. */
const threshold = 6;

export class StageDrag {
  id = $state.raw<string | null>(null);
  /** Its place among the other stages; null while it would stay. */
  place = $state.raw<number | null>(null);
  #held: { id: string; from: number } | null = null;

  hold(id: string, x: number): void {
    this.#held = { id, from: x };
  }

  move(x: number, spans: readonly StageSpan[]): void {
    if (this.#held === null) return;
    if (this.id === null && Math.abs(x - this.#held.from) < threshold) return;
    this.id = this.#held.id;
    const own = spans.findIndex((span) => span.id === this.id);
    const place = spans.filter((span) => span.id !== this.id && (span.left + span.right) / 2 < x).length;
    this.place = place === own ? null : place;
  }

  /** Ends it; answers what is to be done, if it came that far. */
  drop(): { id: string; place: number } | null {
    const { id, place } = this;
    this.cancel();
    return id !== null && place !== null ? { id, place } : null;
  }

  cancel(): void {
    this.#held = null;
    this.id = null;
    this.place = null;
  }
}

/** Where the line stands that shows the landing place, in pixels of the strip. */
export function landingLine(spans: readonly StageSpan[], id: string, place: number): number | null {
  const others = spans.filter((span) => span.id !== id);
  return others[place]?.left ?? others.at(-1)?.right ?? null;
}
