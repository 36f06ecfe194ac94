/**
 * Paints cards from afar: small cards whose name is written large enough to be read, and dots when
 * no word could be. Kinds stay told by fill and edge.
 */
import { cardBox, grow, type SceneCard } from "../scene";
import { font } from "../theme";
import { atLeast, type Brush, roundBox } from "./brush";
import { type CardLook, cardLook, ghostStrength } from "./cards";

const radius = 12;
/** Names grow in map units as one zooms out, as far as two lines have room on the card. */
const nameSize = { least: 20, most: 26, seen: 9.6 };
const nameLine = 1.13;
const inset = 11;

function nameSizeAt(zoom: number): number {
  return Math.round(Math.min(nameSize.most, Math.max(nameSize.least, nameSize.seen / zoom)));
}

export function paintSmallCard(brush: Brush, card: SceneCard): void {
  const look = cardLook(brush.theme, card);
  paintSmallBody(brush, card, look);
  paintSmallName(brush, card, card.stopped ? look.inkSoft : look.ink);
}

/** A card that is gone: its body is faded, its name is not. */
export function paintSmallGhost(brush: Brush, card: SceneCard): void {
  const look = cardLook(brush.theme, card);
  brush.ctx.globalAlpha = ghostStrength(look);
  paintSmallBody(brush, card, look);
  brush.ctx.globalAlpha = 1;
  paintSmallName(brush, card, brush.theme.cardInk);
}

function paintSmallBody(brush: Brush, card: SceneCard, look: CardLook): void {
  const { stamps } = brush;
  if (stamps?.kept.put(brush, stamps.pixels, card, "small", (own, one) => paintSmallBody(own, one, look))) return;
  const { ctx } = brush;
  const box = cardBox(card);
  ctx.fillStyle = look.fill;
  roundBox(ctx, box, radius);
  if (card.stopped && look.filled) ctx.globalAlpha *= 0.62;
  ctx.fill();
  if (card.stopped && look.filled) ctx.globalAlpha /= 0.62;
  ctx.strokeStyle = look.edge;
  ctx.lineWidth = atLeast(brush, 2.5, 1.1);
  if (card.kind === "indirect") ctx.setLineDash([9, 7]);
  roundBox(ctx, grow(box, -1.25), radius - 1.25);
  ctx.stroke();
  if (card.kind === "indirect") ctx.setLineDash([]);
  if (card.kind === "ultimate") {
    roundBox(ctx, grow(box, 5), radius + 5);
    ctx.stroke();
  }
}

function paintSmallName(brush: Brush, card: SceneCard, ink: string): void {
  const { ctx, theme, text } = brush;
  const size = nameSizeAt(brush.zoom);
  const line = size * nameLine;
  const nameFont = font(theme, "medium", size);
  const lines = text.wrap(card.name, nameFont, card.width - inset * 2, 2);
  ctx.font = nameFont;
  ctx.fillStyle = ink;
  ctx.textBaseline = "middle";
  let y = card.y + card.height / 2 - ((lines.length - 1) * line) / 2;
  for (const words of lines) {
    ctx.fillText(words, card.x + inset, y);
    if (card.stopped) ctx.fillRect(card.x + inset, y - 1, text.width(words, nameFont), 2);
    y += line;
  }
}

/** Plain rectangles: thousands of them must cost next to nothing. */
export function paintDots(brush: Brush, cards: readonly SceneCard[]): void {
  const { ctx, theme } = brush;
  const edge = 1.2 / brush.zoom;
  for (const card of cards) {
    const look = cardLook(theme, card);
    ctx.fillStyle = look.edge;
    if (card.stopped) ctx.fillStyle = theme.link;
    ctx.fillRect(card.x, card.y, card.width, card.height);
    if (card.kind === "indirect" && card.height > edge * 3) {
      ctx.fillStyle = look.fill;
      ctx.fillRect(card.x + edge, card.y + edge, card.width - edge * 2, card.height - edge * 2);
    }
    if (card.kind === "ultimate") {
      ctx.fillStyle = look.edge;
      paintRing(ctx, card, edge);
    }
  }
}

function paintRing(ctx: CanvasRenderingContext2D, card: SceneCard, edge: number): void {
  const { left, top, right, bottom } = grow(cardBox(card), edge * 2.2);
  ctx.fillRect(left, top, right - left, edge);
  ctx.fillRect(left, bottom - edge, right - left, edge);
  ctx.fillRect(left, top, edge, bottom - top);
  ctx.fillRect(right - edge, top, edge, bottom - top);
}
