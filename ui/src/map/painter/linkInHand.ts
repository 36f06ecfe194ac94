/**
 * Paints a link while it is drawn or turned: the curve to the pointer, the card it would meet, why it may not, and
 * the handles it is taken by. Whether it may be made is decided elsewhere.
 */
import { endPlaces } from "../geometry";
import { around, type Box, cardBox, grow, type Point, type SceneCard, type SceneLink } from "../scene";
import { font } from "../theme";
import { atLeast, type Brush, roundBox } from "./brush";
import { cardRadius } from "./cards";
import { paintLinks } from "./links";

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

const reason = { size: 12, inset: 8, height: 24, beside: 14 };

/** What a drop would mean, or why it may not be made, beside the pointer, at the same size at every zoom. */
export function paintReason(brush: Brush, words: string, at: Point, box: Box, refused: boolean): void {
  const { ctx, theme, zoom } = brush;
  ctx.font = font(theme, "medium", reason.size / zoom);
  const width = ctx.measureText(words).width + (reason.inset * 2) / zoom;
  const height = reason.height / zoom;
  const beside = reason.beside / zoom;
  const left = Math.max(box.left + beside, Math.min(at.x + beside, box.right - beside - width));
  const top = at.y + beside + height > box.bottom ? at.y - beside - height : at.y + beside;
  roundBox(ctx, { left, top, right: left + width, bottom: top + height }, 6 / zoom);
  ctx.fillStyle = refused ? theme.highSoft : theme.card;
  ctx.fill();
  ctx.strokeStyle = refused ? theme.highText : theme.selection;
  ctx.lineWidth = 1 / zoom;
  ctx.stroke();
  ctx.fillStyle = refused ? theme.highText : theme.cardInk;
  ctx.textBaseline = "middle";
  ctx.fillText(words, left + reason.inset / zoom, top + height / 2);
}

/** The two ends of the selected link, to be taken and put on another card. */
export function paintLinkEnds(brush: Brush, link: SceneLink): void {
  const { ctx, theme, zoom } = brush;
  const { from, to } = endPlaces(link.curve);
  for (const end of [from, to]) {
    ctx.beginPath();
    ctx.arc(end.x, end.y, 5.5 / Math.min(1.2, zoom), 0, Math.PI * 2);
    ctx.fillStyle = theme.card;
    ctx.fill();
    ctx.strokeStyle = theme.selection;
    ctx.lineWidth = 2 / Math.min(1.2, zoom);
    ctx.stroke();
  }
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
