/**
 * Paints the gap badge on a card's upper right corner: a sign by shape and colour (high: octagon,
 * medium: triangle, low: circle), and the count beside it when there is more than one.
 */
import type { Badge, GapSeverity, SceneCard } from "../scene";
import { font, type MapTheme } from "../theme";
import type { Brush } from "./brush";

const height = 20;

export function paintBadge(brush: Brush, card: SceneCard): void {
  if (card.contested) paintContested(brush, card);
  if (card.badge === null) return;
  if (brush.detail === "full") paintPill(brush, card, card.badge);
  else paintSignOnly(brush, card, card.badge);
}

function paintPill(brush: Brush, card: SceneCard, badge: Badge): void {
  const { ctx, theme, text } = brush;
  const countFont = font(theme, "strong", theme.size.tiny);
  const count = badge.count > 1 ? String(badge.count) : "";
  const width = count === "" ? height : height + text.width(count, countFont) + 5;
  const left = card.x + card.width - width + 8;
  const top = card.y - height / 2;
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, height / 2);
  ctx.fillStyle = theme[`${badge.severity}Soft`];
  ctx.fill();
  ctx.strokeStyle = theme[`${badge.severity}Text`];
  ctx.lineWidth = 1;
  ctx.stroke();
  paintSign(ctx, theme, badge.severity, left + height / 2, card.y, 5.5);
  if (count === "") return;
  ctx.font = countFont;
  ctx.fillStyle = theme[`${badge.severity}Text`];
  ctx.textBaseline = "middle";
  ctx.fillText(count, left + height - 2, card.y + 0.5);
}

function paintSignOnly(brush: Brush, card: SceneCard, badge: Badge): void {
  const { ctx, theme } = brush;
  const size = brush.detail === "small" ? 12 : Math.min(40, 3.5 / brush.zoom);
  const x = card.x + card.width - 2;
  const y = card.y + 2;
  if (brush.detail === "small") {
    ctx.beginPath();
    ctx.arc(x, y, size + 3, 0, Math.PI * 2);
    ctx.fillStyle = theme.card;
    ctx.fill();
  }
  paintSign(ctx, theme, badge.severity, x, y, size);
}

export function paintSign(
  ctx: CanvasRenderingContext2D,
  theme: MapTheme,
  severity: GapSeverity,
  x: number,
  y: number,
  size: number,
): void {
  ctx.fillStyle = theme[severity];
  ctx.beginPath();
  if (severity === "low") ctx.arc(x, y, size * 0.9, 0, Math.PI * 2);
  else if (severity === "medium") polygon(ctx, x, y + size * 0.18, size * 1.18, 3, -Math.PI / 2);
  else polygon(ctx, x, y, size * 1.06, 8, Math.PI / 8);
  ctx.fill();
}

/** A diamond of two halves on the upper left corner: two people wrote here. */
function paintContested(brush: Brush, card: SceneCard): void {
  const { ctx, theme } = brush;
  const size = brush.detail === "full" ? 7 : brush.detail === "small" ? 11 : Math.min(40, 3.5 / brush.zoom);
  const [x, y] = [card.x + 2, card.y + 2];
  if (brush.detail !== "dot") {
    ctx.beginPath();
    ctx.arc(x, y, size + 4, 0, Math.PI * 2);
    ctx.fillStyle = theme.card;
    ctx.fill();
    ctx.strokeStyle = theme.cardInk;
    ctx.lineWidth = 1;
    ctx.stroke();
  }
  ctx.fillStyle = theme.cardInk;
  ctx.beginPath();
  ctx.moveTo(x, y - size);
  ctx.lineTo(x - size, y);
  ctx.lineTo(x, y + size);
  ctx.closePath();
  ctx.fill();
  ctx.strokeStyle = theme.cardInk;
  ctx.lineWidth = Math.max(1.25, size / 6);
  ctx.beginPath();
  ctx.moveTo(x, y - size);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y + size);
  ctx.stroke();
}

function polygon(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, corners: number, turn: number) {
  for (let corner = 0; corner < corners; corner++) {
    const angle = turn + (corner / corners) * Math.PI * 2;
    ctx.lineTo(x + Math.cos(angle) * radius, y + Math.sin(angle) * radius);
  }
  ctx.closePath();
}
