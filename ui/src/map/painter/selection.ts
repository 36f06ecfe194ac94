/** Paints what is selected, hovered or holds the keyboard: rings around cards, links drawn stronger. */
import { type Box, cardBox, grow, type SceneCard, type SceneLink } from "../scene";
import { paintBadge } from "./badges";
import { atLeast, type Brush, roundBox } from "./brush";
import { cardRadius } from "./cards";
import { paintLinks } from "./links";

export function paintSelectedCards(brush: Brush, cards: readonly SceneCard[]): void {
  const { theme } = brush;
  if (brush.detail === "dot") {
    ring(brush, cards, theme.selection, 1.5 / brush.zoom, 2 / brush.zoom);
    return;
  }
  ring(brush, cards, theme.selectionSoft, 4.5, atLeast(brush, 6, 4));
  ring(brush, cards, theme.selection, 3.5, atLeast(brush, 2, 1.75));
  // The ring runs under the badge, not over it.
  for (const card of cards) paintBadge(brush, card);
}

export function paintHoveredCard(brush: Brush, card: SceneCard): void {
  ring(brush, [card], brush.theme.selectionSoft, 3, atLeast(brush, 5, 3));
}

/** The ring that says where the keyboard is, outside the selection's own. */
export function paintFocusedCard(brush: Brush, card: SceneCard): void {
  ring(brush, [card], brush.theme.focus, 8, atLeast(brush, 2, 2));
  if (brush.detail !== "dot") paintBadge(brush, card);
}

export function paintEmphasisedLinks(brush: Brush, links: readonly SceneLink[], selected: boolean, box: Box): void {
  const { theme } = brush;
  paintLinks(brush, links, { colour: selected ? theme.selection : theme.linkStrong, width: selected ? 2.75 : 2 }, box);
}

function ring(brush: Brush, cards: readonly SceneCard[], colour: string, out: number, width: number): void {
  const { ctx } = brush;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  for (const card of cards) {
    const more = card.kind === "ultimate" && brush.detail !== "dot" ? 3.5 : 0;
    roundBox(ctx, grow(cardBox(card), out + more), brush.detail === "dot" ? 0 : cardRadius + out + more);
    ctx.stroke();
  }
}
