/** Where a key leads in a grid of cells. Null: the key means nothing there, or there is no further. */
export type Spot = { row: number; column: number };

export function gridStep(key: string, from: Spot, rows: number, columns: number): Spot | null {
  const steps: Record<string, Spot> = {
    ArrowRight: { row: from.row, column: from.column + 1 },
    ArrowLeft: { row: from.row, column: from.column - 1 },
    ArrowDown: { row: from.row + 1, column: from.column },
    ArrowUp: { row: from.row - 1, column: from.column },
    Home: { row: from.row, column: 0 },
    End: { row: from.row, column: columns - 1 },
    PageUp: { row: 0, column: from.column },
    PageDown: { row: rows - 1, column: from.column },
  };
  const next = steps[key];
  if (!next) return null;
  return {
    row: Math.max(0, Math.min(rows - 1, next.row)),
    column: Math.max(0, Math.min(columns - 1, next.column)),
  };
}
