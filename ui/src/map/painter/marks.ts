/** Paints the small marks on a card: a pin where the planner put it there, a note where somebody left one. */
import { iconNode } from "../../kit/channelIcon";
import { iconPath } from "../icons";
import type { SceneCard } from "../scene";
import type { Brush } from "./brush";

const size = 11;
const [pin, note] = [iconNode("pin"), iconNode("sticky-note")];

/** In the card's two left corners, clear of its icon. */
export function paintMarks(brush: Brush, card: SceneCard, ink: string): void {
  if (card.pinned) paintMark(brush, pin, card.x + 6, card.y + 5, ink);
  if (card.noted) paintMark(brush, note, card.x + 6, card.y + card.height - size - 5, ink);
}

function paintMark({ ctx }: Brush, icon: Parameters<typeof iconPath>[0], x: number, y: number, ink: string): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size / 24, size / 24);
  ctx.strokeStyle = ink;
  ctx.lineWidth = 2.25;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.stroke(iconPath(icon));
  ctx.restore();
}
