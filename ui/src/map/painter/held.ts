/**
 * Paints what a hand holds: cards being dragged or on their way to a new place with their links, the
 * guides they snap to, the marquee. None of it is part of the project yet.
 */
import type { Guide } from "../gestures/snapping";
import { type Box, cardBox, grow, type SceneCard, type SceneColumn, type SceneLane, type SceneLink } from "../scene";
import { type Brush, roundBox } from "./brush";
import { cardRadius } from "./cards";
import { paintLinks, plainLook } from "./links";
import { paintCards } from "./resting";

export function paintHeldCards(
  brush: Brush,
  cards: readonly SceneCard[],
  links: readonly SceneLink[],
  up: boolean,
  box: Box,
): void {
  paintLinks(brush, links, plainLook(brush.theme, links.length), box);
  if (up && brush.detail !== "dot") for (const card of cards) paintLift(brush, card);
  paintCards(brush, cards);
}

/** A deeper shadow than a resting card has: it is in the hand. */
function paintLift(brush: Brush, card: SceneCard): void {
  const { ctx, theme } = brush;
  const box = cardBox(card);
  ctx.fillStyle = theme.cardShadow;
  for (const out of [2, 5, 9]) {
    roundBox(ctx, grow({ ...box, top: box.top + 5, bottom: box.bottom + 5 }, out), cardRadius + out);
    ctx.fill();
  }
}

/** The column that takes the card when it is dropped now. */
export function paintTargetColumn(brush: Brush, column: SceneColumn, box: Box): void {
  const { ctx, theme } = brush;
  const height = box.bottom - box.top;
  const edge = 2 / brush.zoom;
  ctx.globalAlpha = 0.4;
  ctx.fillStyle = theme.selectionSoft;
  ctx.fillRect(column.x, box.top, column.width, height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.selection;
  ctx.fillRect(column.x, box.top, edge, height);
  ctx.fillRect(column.x + column.width - edge, box.top, edge, height);
}

/** The lane that takes the card when it is dropped now, or that cannot. */
export function paintTargetLane(brush: Brush, lane: SceneLane, box: Box, refused: boolean): void {
  const { ctx, theme } = brush;
  const width = box.right - box.left;
  const edge = 2 / brush.zoom;
  ctx.globalAlpha = 0.4;
  ctx.fillStyle = refused ? theme.highSoft : theme.selectionSoft;
  ctx.fillRect(box.left, lane.y, width, lane.height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = refused ? theme.high : theme.selection;
  ctx.fillRect(box.left, lane.y, width, edge);
  ctx.fillRect(box.left, lane.y + lane.height - edge, width, edge);
}

export function paintGuides(brush: Brush, guides: readonly Guide[]): void {
  const { ctx, theme } = brush;
  ctx.strokeStyle = theme.selection;
  ctx.lineWidth = 1 / brush.zoom;
  for (const guide of guides) {
    ctx.setLineDash(guide.spacing ? [] : [4 / brush.zoom, 3 / brush.zoom]);
    ctx.beginPath();
    ctx.moveTo(guide.x1, guide.y1);
    ctx.lineTo(guide.x2, guide.y2);
    if (guide.spacing) traceTicks(brush, guide);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

/** A distance has an end on either side. */
function traceTicks({ ctx, zoom }: Brush, { x1, y1, y2 }: Guide): void {
  for (const y of [y1, y2]) {
    ctx.moveTo(x1 - 5 / zoom, y);
    ctx.lineTo(x1 + 5 / zoom, y);
  }
}

export function paintMarquee(brush: Brush, box: Box): void {
  const { ctx, theme } = brush;
  ctx.fillStyle = theme.selectionSoft;
  ctx.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  ctx.strokeStyle = theme.selection;
  ctx.lineWidth = 1 / brush.zoom;
  ctx.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
}
