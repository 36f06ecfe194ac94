/**
 * Columns that are folded, and what that does to places: a folded column is narrow, and what stands behind it moves up.
 * Plain arithmetic from places of the map to places on screen and back; it knows no stage and keeps nothing.
 */
import type { ColumnView } from "../ipc";

/** How wide a folded column is, in map units. */
export const foldedWidth = 64;

type Span = { from: number; width: number; to: number; shown: number };

export class Folding {
  /** The columns as they are shown. */
  readonly columns: readonly ColumnView[];
  readonly #spans: readonly Span[];

  constructor(columns: readonly ColumnView[], folded: ReadonlySet<string>) {
    let to = columns[0]?.x ?? 0;
    this.#spans = columns.map(({ stage, x, width }) => {
      const shown = stage !== null && folded.has(stage) ? Math.min(foldedWidth, width) : width;
      const span = { from: x, width, to, shown };
      to += shown;
      return span;
    });
    this.columns = columns.map((column, at) => {
      const { to: x, shown: width } = this.#spans[at] as Span;
      return x === column.x && width === column.width ? column : { ...column, x, width };
    });
  }

  /** Where a place of the map is shown, from the left. */
  shown(x: number): number {
    const span = this.#spans.findLast(({ from }) => x >= from);
    if (span === undefined) return x;
    const { from, width, to, shown } = span;
    const within = x - from;
    return within > width ? x - from - width + to + shown : to + (within * shown) / width;
  }

  /** The place of the map that is shown there. */
  place(x: number): number {
    const span = this.#spans.findLast(({ to }) => x >= to);
    if (span === undefined) return x;
    const { from, width, to, shown } = span;
    const within = x - to;
    return within > shown ? x - to - shown + from + width : from + (within * width) / shown;
  }
}
