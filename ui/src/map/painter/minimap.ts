/** Paints the whole scene very small: columns, lanes, and a mark for each card in the colour of its kind. */
import type { Box, Scene } from "../scene";
import type { MapTheme } from "../theme";
import { cardLook } from "./cards";

export function paintMinimap(
  canvas: HTMLCanvasElement,
  scene: Scene,
  theme: MapTheme,
  box: Box,
  width: number,
  height: number,
  ratio: number,
): void {
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const ctx = canvas.getContext("2d", { alpha: false });
  if (ctx === null) return;
  const scaleX = canvas.width / (box.right - box.left);
  const scaleY = canvas.height / (box.bottom - box.top);
  ctx.fillStyle = theme.ground;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  for (const [index, column] of scene.columns.entries()) {
    ctx.fillStyle = index % 2 === 0 ? theme.column : theme.columnAlternate;
    ctx.fillRect((column.x - box.left) * scaleX, 0, column.width * scaleX, canvas.height);
  }
  ctx.fillStyle = theme.laneLine;
  for (const { y } of scene.lanes.slice(1)) ctx.fillRect(0, Math.round((y - box.top) * scaleY), canvas.width, ratio);
  for (const card of scene.cards.values()) {
    ctx.fillStyle = card.stopped ? theme.link : cardLook(theme, card).edge;
    const wide = Math.max(2, card.width * scaleX);
    const high = Math.max(1, card.height * scaleY);
    ctx.fillRect((card.x - box.left) * scaleX, (card.y - box.top) * scaleY, wide, high);
  }
}
