/**
 * Paints full cards: shadow, body, edge by kind, channel icon, name, call to action, audiences.
 * The kind is told by fill and edge as well as colour: an ultimate destination is filled with a
 * doubled edge, an intermediate one filled, a direct driver has a firm edge, an indirect one a dashed edge.
 */
import { iconPath } from "../icons";
import { cardBox, grow, type SceneCard } from "../scene";
import { font, type MapTheme } from "../theme";
import { atLeast, type Brush, roundBox, wordScale } from "./brush";
import { paintMarks } from "./marks";

export const cardRadius = 10;
const textLeft = 50;
const textRight = 12;
const lineHeight = 16;
const ctaHeight = 15;
const iconSize = 18;
const chipRadius = 15;
const dash = [5, 4];

export type CardLook = { fill: string; ink: string; inkSoft: string; edge: string; filled: boolean };

export function cardLook(theme: MapTheme, card: SceneCard): CardLook {
  if (card.kind === "ultimate" || card.kind === "intermediate")
    return {
      fill: theme.destination,
      ink: theme.destinationInk,
      inkSoft: theme.destinationInkSoft,
      edge: theme.destination,
      filled: true,
    };
  const edge = card.kind === "direct" ? theme.direct : theme.indirect;
  return { fill: theme.card, ink: theme.cardInk, inkSoft: theme.cardInkSoft, edge, filled: false };
}

export function paintCard(brush: Brush, card: SceneCard): void {
  const look = cardLook(brush.theme, card);
  paintBody(brush, card, look);
  if (card.stopped) brush.ctx.globalAlpha *= 0.6;
  paintIcon(brush, card, look);
  paintWords(brush, card, look);
  paintMarks(brush, card, look.inkSoft);
  if (card.stopped) brush.ctx.globalAlpha /= 0.6;
}

/** How much of a ghost's body is left. A filled card's is a tint, on which the words of other cards are read. */
export function ghostStrength(look: CardLook): number {
  return look.filled ? 0.16 : 0.5;
}

/** A card that is gone: its body is faded, its words are not. */
export function paintGhost(brush: Brush, card: SceneCard): void {
  const { ctx, theme } = brush;
  const look = cardLook(theme, card);
  ctx.globalAlpha = ghostStrength(look);
  paintBody(brush, card, look);
  ctx.globalAlpha = 1;
  const inked: CardLook = { ...look, ink: theme.cardInk, inkSoft: theme.cardInkSoft, filled: false };
  paintIcon(brush, card, inked);
  paintWords(brush, card, inked);
  paintMarks(brush, card, inked.inkSoft);
}

export function paintBody(brush: Brush, card: SceneCard, look: CardLook): void {
  const { stamps } = brush;
  if (stamps?.kept.put(brush, stamps.pixels, card, "full", (own, one) => paintBody(own, one, look))) return;
  const { ctx, theme } = brush;
  const box = cardBox(card);
  ctx.fillStyle = theme.cardShadow;
  roundBox(
    ctx,
    { left: box.left - 0.5, right: box.right + 0.5, top: box.top + 1, bottom: box.bottom + 2.5 },
    cardRadius,
  );
  ctx.fill();
  ctx.fillStyle = look.fill;
  roundBox(ctx, box, cardRadius);
  if (card.stopped && look.filled) paintFaded(brush);
  else ctx.fill();
  ctx.strokeStyle = look.edge;
  ctx.lineWidth = atLeast(brush, 1.75, 1);
  if (card.kind === "indirect") ctx.setLineDash(dash);
  if (!look.filled || card.stopped) {
    roundBox(ctx, grow(box, -0.875), cardRadius - 0.875);
    ctx.stroke();
  }
  if (card.kind === "indirect") ctx.setLineDash([]);
  if (card.kind === "ultimate") {
    roundBox(ctx, grow(box, 3.5), cardRadius + 3.5);
    ctx.stroke();
  }
}

/** A stopped destination keeps its colour but stands back: the ground shows through. */
function paintFaded(brush: Brush): void {
  const { ctx } = brush;
  ctx.globalAlpha *= 0.62;
  ctx.fill();
  ctx.globalAlpha /= 0.62;
}

function paintIcon(brush: Brush, card: SceneCard, look: CardLook): void {
  const { ctx } = brush;
  const x = card.x + 10 + chipRadius;
  const y = card.y + card.height / 2;
  ctx.fillStyle = look.filled ? look.ink : look.edge;
  ctx.globalAlpha *= look.filled ? 0.16 : 0.1;
  ctx.beginPath();
  if (look.filled) ctx.arc(x, y, chipRadius, 0, Math.PI * 2);
  else ctx.roundRect(x - chipRadius, y - chipRadius, chipRadius * 2, chipRadius * 2, 8);
  ctx.fill();
  ctx.globalAlpha /= look.filled ? 0.16 : 0.1;
  const scale = iconSize / 24;
  ctx.save();
  ctx.translate(x - iconSize / 2, y - iconSize / 2);
  ctx.scale(scale, scale);
  ctx.strokeStyle = look.filled ? look.ink : look.edge;
  ctx.lineWidth = 2;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.stroke(iconPath(card.icon));
  ctx.restore();
}

function paintWords(brush: Brush, card: SceneCard, look: CardLook): void {
  const { ctx, theme, text } = brush;
  const scale = wordScale(brush.zoom);
  const room = card.width - textLeft - textRight;
  const nameFont = font(theme, "medium", theme.size.body * scale);
  const lines = text.wrap(card.name, nameFont, room, 2);
  const second = card.cta !== "" && (lines.length * lineHeight + ctaHeight) * scale <= card.height - 6;
  const height = (lines.length * lineHeight + (second ? ctaHeight : 0)) * scale;
  let y = card.y + (card.height - height) / 2 + (lineHeight * scale) / 2;
  const x = card.x + textLeft;
  ctx.textBaseline = "middle";
  ctx.font = nameFont;
  ctx.fillStyle = look.ink;
  for (const line of lines) {
    ctx.fillText(line, x, y);
    if (card.stopped) ctx.fillRect(x, y - 0.5, text.width(line, nameFont), 1);
    y += lineHeight * scale;
  }
  if (second) {
    const ctaFont = font(theme, "normal", theme.size.tiny * scale);
    const dots = card.audiences.length === 0 ? 0 : audienceRoom(card.audiences.length);
    ctx.font = ctaFont;
    ctx.fillStyle = look.inkSoft;
    ctx.fillText(text.cut(card.cta, ctaFont, room - dots), x, y - 0.5);
  }
  paintAudiences(brush, card, look);
}

const mostDots = 4;

function audienceRoom(count: number): number {
  return Math.min(mostDots, count) * 8 + 2;
}

/** One dot for each audience, at the lower right; a fifth and more are told by the tooltip. */
function paintAudiences(brush: Brush, card: SceneCard, look: CardLook): void {
  const { ctx, theme } = brush;
  const shown = card.audiences.slice(0, mostDots);
  const y = card.y + card.height - 11;
  for (const [index, place] of shown.entries()) {
    const x = card.x + card.width - 12 - (shown.length - 1 - index) * 8;
    ctx.beginPath();
    ctx.arc(x, y, 3, 0, Math.PI * 2);
    ctx.fillStyle = theme.audiences[place % theme.audiences.length] ?? look.inkSoft;
    ctx.fill();
    if (look.filled) {
      ctx.strokeStyle = look.ink;
      ctx.lineWidth = 1;
      ctx.stroke();
    }
  }
}
