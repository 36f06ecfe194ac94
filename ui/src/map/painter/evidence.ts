/**
 * Paints what stands out while the rest of the map steps back behind a veil: the evidence of a gap, lit, and a part
 * that is looked at alone, as it always looks.
 */
import { type Box, cardBox, grow, type SceneCard, type SceneLink } from "../scene";
import { atLeast, type Brush, roundBox } from "./brush";
import { cardRadius } from "./cards";
import { paintLinks, plainLook } from "./links";
import { paintCards } from "./resting";

const veil = 0.74;

export function paintVeil(brush: Brush, box: Box): void {
  const { ctx, theme } = brush;
  ctx.globalAlpha = veil;
  ctx.fillStyle = theme.ground;
  ctx.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  ctx.globalAlpha = 1;
}

export function paintLit(brush: Brush, cards: readonly SceneCard[], links: readonly SceneLink[], box: Box): void {
  paintLinks(brush, links, { colour: brush.theme.evidence, width: 3 }, box);
  for (const card of cards) paintGlow(brush, card);
  paintCards(brush, cards);
}

export function paintKept(brush: Brush, cards: readonly SceneCard[], links: readonly SceneLink[], box: Box): void {
  paintVeil(brush, box);
  paintLinks(brush, links, plainLook(brush.theme, links.length), box);
  paintCards(brush, cards);
}

function paintGlow(brush: Brush, card: SceneCard): void {
  const { ctx, theme } = brush;
  const out = card.kind === "ultimate" ? 8 : 5;
  roundBox(ctx, grow(cardBox(card), out), cardRadius + out);
  ctx.fillStyle = theme.evidenceSoft;
  ctx.fill();
  ctx.strokeStyle = theme.evidence;
  ctx.lineWidth = atLeast(brush, 2, 1.5);
  ctx.stroke();
}
