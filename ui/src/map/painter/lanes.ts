/** Paints the lanes: every other band a little darker, parted by a line from edge to edge. */
import type { Box, SceneCard, SceneLane } from "../scene";
import { cardBox } from "../scene";
import { type Brush, roundBox } from "./brush";
import { cardLook } from "./cards";

const shade = 0.035;

export function paintLanes(brush: Brush, lanes: readonly SceneLane[], box: Box): void {
  const { ctx, theme } = brush;
  const line = 1.5 / brush.zoom;
  const width = box.right - box.left;
  for (const [index, { y, height }] of lanes.entries()) {
    if (y > box.bottom + line || y + height < box.top - line) continue;
    if (index % 2 === 1) {
      ctx.globalAlpha = shade;
      ctx.fillStyle = theme.cardInk;
      ctx.fillRect(box.left, y, width, height);
      ctx.globalAlpha = 1;
    }
    ctx.fillStyle = theme.laneLine;
    for (const edge of [y, y + height]) ctx.fillRect(box.left, edge - line / 2, width, line);
  }
}

/** A card of a folded stage: a mark in the colour of its kind. */
export function paintFolded(brush: Brush, card: SceneCard): void {
  const { ctx, theme } = brush;
  ctx.fillStyle = card.stopped ? theme.link : cardLook(theme, card).edge;
  roundBox(ctx, cardBox(card), card.height / 2);
  ctx.fill();
}
