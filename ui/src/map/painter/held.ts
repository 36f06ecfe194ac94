/**
 * Paints what a hand holds: cards being dragged or on their way to a new place with their links, the
 * guides they snap to, a link being drawn, the marquee. None of it is part of the project yet.
 */
import type { Guide } from "../gestures/snapping";
import {
  around,
  type Box,
  cardBox,
  grow,
  type Point,
  type SceneCard,
  type SceneColumn,
  type SceneLink,
} from "../scene";
import { atLeast, type Brush, roundBox } from "./brush";
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

export function paintGuides(brush: Brush, guides: readonly Guide[]): void {
  const { ctx, theme } = brush;
  ctx.strokeStyle = theme.selection;
  ctx.lineWidth = 1 / brush.zoom;
  ctx.setLineDash([4 / brush.zoom, 3 / brush.zoom]);
  for (const guide of guides) {
    ctx.beginPath();
    ctx.moveTo(guide.x1, guide.y1);
    ctx.lineTo(guide.x2, guide.y2);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

/** From a handle to the pointer or to the card under it; refused ones are dashed in the colour of a high gap. */
export function paintLinkInHand(
  brush: Brush,
  card: SceneCard,
  side: "left" | "right",
  end: Point,
  target: SceneCard | null,
  refused: boolean,
): void {
  const { ctx, theme } = brush;
  const from = { x: side === "right" ? card.x + card.width : card.x, y: card.y + card.height / 2 };
  const edge = side === "right" ? 0 : (target?.width ?? 0);
  const to = target === null || refused ? end : { x: target.x + edge, y: target.y + target.height / 2 };
  const pull = Math.max(24, Math.abs(to.x - from.x) / 2) * (side === "right" ? 1 : -1);
  const there = [from.x, from.y, from.x + pull, from.y, to.x - pull, to.y, to.x, to.y];
  const back = [to.x, to.y, to.x - pull, to.y, from.x + pull, from.y, from.x, from.y];
  const curve = side === "right" ? there : back;
  const colour = refused ? theme.high : theme.selection;
  if (target !== null && target.id !== card.id) {
    roundBox(ctx, grow(cardBox(target), 4), cardRadius + 4);
    ctx.strokeStyle = colour;
    ctx.lineWidth = atLeast(brush, 2.5, 2);
    if (refused) ctx.setLineDash([5, 4]);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  const box = around([cardBox(card), { left: end.x, top: end.y, right: end.x, bottom: end.y }]) ?? cardBox(card);
  if (refused) ctx.setLineDash([6, 5]);
  const link = {
    id: "",
    from: "",
    to: "",
    label: "",
    points: [],
    course: "forward",
    curve,
    boxes: [],
    box,
  } as const;
  paintLinks(brush, [link], { colour, width: 2.5 }, grow(box, 400));
  ctx.setLineDash([]);
}

export function paintMarquee(brush: Brush, box: Box): void {
  const { ctx, theme } = brush;
  ctx.fillStyle = theme.selectionSoft;
  ctx.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  ctx.strokeStyle = theme.selection;
  ctx.lineWidth = 1 / brush.zoom;
  ctx.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
}

/** The two round handles of a card: left asks what brings people here, right where they go next. */
export function paintHandles(brush: Brush, card: SceneCard, hot: "left" | "right" | null): void {
  const { ctx, theme } = brush;
  const radius = 7 / Math.min(1.2, brush.zoom);
  for (const side of ["left", "right"] as const) {
    const x = side === "left" ? card.x : card.x + card.width;
    const y = card.y + card.height / 2;
    ctx.beginPath();
    ctx.arc(x, y, side === hot ? radius * 1.25 : radius, 0, Math.PI * 2);
    ctx.fillStyle = side === hot ? theme.selection : theme.card;
    ctx.fill();
    ctx.strokeStyle = theme.selection;
    ctx.lineWidth = 1.5 / Math.min(1.2, brush.zoom);
    ctx.stroke();
    const arm = radius * 0.5;
    ctx.strokeStyle = side === hot ? theme.card : theme.selection;
    ctx.beginPath();
    ctx.moveTo(x - arm, y);
    ctx.lineTo(x + arm, y);
    ctx.moveTo(x, y - arm);
    ctx.lineTo(x, y + arm);
    ctx.stroke();
  }
}
