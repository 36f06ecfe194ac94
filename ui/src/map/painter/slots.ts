/**
 * Paints ready slots: quiet dashed outlines with a channel's name, a fine line to what they would lead to, and the
 * question over each group. They are no part of the map, and look it.
 */
import { channelIconNode } from "../../kit/channelIcon";
import { questionOver } from "../../state/slotPlaces";
import type { Slot } from "../../state/slots.svelte";
import { iconPath } from "../icons";
import { cardBox, grow, type SceneCard } from "../scene";
import { font } from "../theme";
import { atLeast, type Brush, roundBox, wordScale } from "./brush";

const radius = 10;
const iconSize = 16;
const textLeft = 38;
/** How large words of two lines may be, in map units. */
const mostOfTwo = 15;

type Look = { hot: boolean; current: boolean };

export function paintSlots(
  brush: Brush,
  slots: readonly Slot[],
  cardOf: (id: string) => SceneCard | undefined,
  look: (slot: Slot) => Look,
): void {
  if (brush.detail !== "full") return;
  const topmost = topmostOf(slots);
  for (const slot of slots) {
    const card = cardOf(slot.anchor);
    if (card === undefined) continue;
    paintWay(brush, slot, card, look(slot).hot || look(slot).current);
    paintSlot(brush, slot, look(slot));
    if (slot === topmost.get(slot.anchor)) paintQuestion(brush, slot, look(slot).current);
  }
}

/** Of the slots with channels of each card; where there is little room, it is not always the first. */
function topmostOf(slots: readonly Slot[]): ReadonlyMap<string, Slot> {
  const topmost = new Map<string, Slot>();
  for (const slot of slots) {
    if (slot.channel !== null && slot.y < (topmost.get(slot.anchor)?.y ?? Number.POSITIVE_INFINITY))
      topmost.set(slot.anchor, slot);
  }
  return topmost;
}

function paintWay(brush: Brush, slot: Slot, card: SceneCard, strong: boolean): void {
  const { ctx, theme } = brush;
  const start = { x: slot.x + slot.width, y: slot.y + slot.height / 2 };
  const end = { x: card.x, y: card.y + card.height / 2 };
  const pull = Math.max(28, Math.abs(end.x - start.x) / 2);
  ctx.strokeStyle = strong ? theme.selection : theme.link;
  ctx.globalAlpha = strong ? 1 : 0.7;
  ctx.lineWidth = atLeast(brush, 1, 0.8);
  ctx.setLineDash([2, 4]);
  ctx.beginPath();
  ctx.moveTo(start.x, start.y);
  ctx.bezierCurveTo(start.x + pull, start.y, end.x - pull, end.y, end.x, end.y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function paintSlot(brush: Brush, slot: Slot, { hot, current }: Look): void {
  const { ctx, theme, text } = brush;
  const box = cardBox(slot);
  roundBox(ctx, box, radius);
  ctx.fillStyle = theme.column;
  ctx.fill();
  if (hot || current) {
    ctx.fillStyle = theme.selectionSoft;
    ctx.fill();
  }
  ctx.setLineDash([3, 4]);
  ctx.strokeStyle = hot || current ? theme.selection : theme.linkLabel;
  ctx.lineWidth = atLeast(brush, 1, 0.9);
  ctx.stroke();
  ctx.setLineDash([]);
  if (current) {
    roundBox(ctx, grow(box, 4), radius + 4);
    ctx.strokeStyle = theme.focus;
    ctx.lineWidth = atLeast(brush, 2, 2);
    ctx.stroke();
  }
  const ink = hot || current ? theme.selection : theme.cardInkSoft;
  paintIcon(brush, slot, ink);
  const words = slot.channel?.name ?? slot.question;
  const wanted = (slot.channel === null ? theme.size.small : theme.size.body) * wordScale(brush.zoom);
  const room = slot.width - textLeft - 10;
  // Two lines keep clear of the edge above and below.
  const size = text.width(words, font(theme, "normal", wanted)) <= room ? wanted : Math.min(wanted, mostOfTwo);
  const nameFont = font(theme, "normal", size);
  ctx.font = nameFont;
  ctx.fillStyle = hot || current ? theme.cardInk : theme.cardInkSoft;
  ctx.textBaseline = "middle";
  const lines = text.wrap(words, nameFont, room, 2);
  const pitch = size * 1.12;
  let y = slot.y + slot.height / 2 - ((lines.length - 1) * pitch) / 2;
  for (const line of lines) {
    ctx.fillText(line, slot.x + textLeft, y);
    y += pitch;
  }
}

/** The channel's icon; a plus where only the question stands. */
function paintIcon({ ctx }: Brush, slot: Slot, ink: string): void {
  const x = slot.x + 13;
  const y = slot.y + (slot.height - iconSize) / 2;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(iconSize / 24, iconSize / 24);
  ctx.strokeStyle = ink;
  ctx.lineWidth = 2;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  if (slot.channel !== null) ctx.stroke(iconPath(channelIconNode(slot.channel.id)));
  else {
    ctx.beginPath();
    ctx.moveTo(12, 5);
    ctx.lineTo(12, 19);
    ctx.moveTo(5, 12);
    ctx.lineTo(19, 12);
    ctx.stroke();
  }
  ctx.restore();
}

/** Clear of the ring where the keyboard stands on the slot. */
function paintQuestion(brush: Brush, slot: Slot, current: boolean): void {
  const { ctx, theme } = brush;
  ctx.font = font(theme, "medium", theme.size.tiny * wordScale(brush.zoom));
  ctx.fillStyle = theme.cardInkSoft;
  ctx.textBaseline = "alphabetic";
  ctx.fillText(slot.question, slot.x + 2, slot.y - (current ? questionOver.wordsOverRing : questionOver.words));
}
