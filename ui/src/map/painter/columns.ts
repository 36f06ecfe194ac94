/** Paints the ground and the stage columns: quiet bands from top to bottom, parted by a fine line. */
import type { Box, SceneColumn } from "../scene";
import type { Brush } from "./brush";

export function paintColumns(brush: Brush, columns: readonly SceneColumn[], box: Box): void {
  const { ctx, theme } = brush;
  const height = box.bottom - box.top;
  ctx.fillStyle = theme.ground;
  ctx.fillRect(box.left, box.top, box.right - box.left, height);
  for (const [index, column] of columns.entries()) {
    const end = column.x + column.width;
    if (end < box.left || column.x > box.right) continue;
    ctx.fillStyle = index % 2 === 0 ? theme.column : theme.columnAlternate;
    ctx.fillRect(column.x, box.top, column.width, height);
  }
  paintLines(brush, columns, box);
}

function paintLines(brush: Brush, columns: readonly SceneColumn[], box: Box): void {
  const { ctx, theme } = brush;
  const width = 1 / brush.zoom;
  ctx.fillStyle = theme.columnLine;
  const edges = new Set(columns.flatMap((column) => [column.x, column.x + column.width]));
  for (const x of edges) {
    if (x < box.left - width || x > box.right + width) continue;
    ctx.fillRect(x - width / 2, box.top, width, box.bottom - box.top);
  }
}
