/**
 * Paints what is different between two states of the map, both in one picture: the rest steps back behind a veil, what
 * is new, gone, moved or otherwise is drawn again with an edge and a sign of its own. Told by sign and word as well as
 * by colour; what is gone is a ghost where it stood.
 */
import { type Box, cardBox, grow, type SceneCard, type SceneLink, touches } from "../scene";
import { font } from "../theme";
import { paintBadge } from "./badges";
import { atLeast, type Brush, roundBox } from "./brush";
import { cardRadius, paintGhost } from "./cards";
import { paintSmallGhost } from "./farCards";
import { paintLinks } from "./links";
import { paintCards } from "./resting";

export type Tone = "added" | "removed" | "moved" | "changed";
/** `words`: what is said on the card behind the sign. `gone`: it is not there any more, and is drawn as a ghost. */
export type Mark = { tone: Tone; words: string; gone: boolean };
export type MarkedCard = Mark & { card: SceneCard };
export type MarkedLink = Mark & { link: SceneLink };
/** What is different, by card and by link. `shifts`: the ghosts of cards that moved, with the cards. */
export type DifferenceMarks = {
  touchpoints: ReadonlyMap<string, Mark>;
  links: ReadonlyMap<string, Mark>;
  shifts: ReadonlyMap<string, string>;
};
/** Edges and signs reach this far out of a card or a link. */
export const differenceBleed = 64;
/** From where a card stood to where it stands. */
export type Shift = { from: SceneCard; to: SceneCard };

const signs: Record<Tone, string> = { added: "+", removed: "\u2212", moved: "\u2192", changed: "~" };
const veil = 0.62;
/** Where a card is too small for words. */
const ghost = 0.5;
const chipHeight = 18;

export function paintDifference(
  brush: Brush,
  cards: readonly MarkedCard[],
  links: readonly MarkedLink[],
  shifts: readonly Shift[],
  box: Box,
): void {
  const { ctx, theme } = brush;
  ctx.globalAlpha = veil;
  ctx.fillStyle = theme.ground;
  ctx.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  ctx.globalAlpha = 1;
  for (const tone of ["changed", "moved", "removed", "added"] as const)
    for (const gone of [true, false]) {
      const alike = links.filter((link) => link.tone === tone && link.gone === gone);
      paintTone(
        brush,
        tone,
        gone,
        alike.map(({ link }) => link),
        box,
      );
    }
  for (const shift of shifts) if (touches(wayOf(shift), grow(box, differenceBleed))) paintShift(brush, shift, box);
  for (const marked of cards) paintMarked(brush, marked);
  for (const marked of links) paintLinkSign(brush, marked);
}

function paintTone(brush: Brush, tone: Tone, gone: boolean, links: readonly SceneLink[], box: Box): void {
  if (links.length === 0) return;
  if (gone) brush.ctx.setLineDash([6, 5]);
  paintLinks(brush, links, { colour: brush.theme[tone], width: 2.5, strength: gone ? 0.8 : 1 }, box);
  brush.ctx.setLineDash([]);
}

function paintMarked(brush: Brush, { card, tone, words, gone }: MarkedCard): void {
  const { ctx, theme } = brush;
  if (gone && brush.detail === "full") paintGhost(brush, card);
  else if (gone && brush.detail !== "dot") paintSmallGhost(brush, card);
  else {
    ctx.globalAlpha = gone ? ghost : 1;
    paintCards(brush, [{ ...card, badge: null }]);
    ctx.globalAlpha = 1;
  }
  const out = bleedOf(card);
  roundBox(ctx, grow(cardBox(card), out), brush.detail === "dot" ? 0 : cardRadius + out);
  if (gone) ctx.setLineDash([7 / Math.min(1, brush.zoom), 5 / Math.min(1, brush.zoom)]);
  ctx.strokeStyle = theme[tone];
  ctx.lineWidth = atLeast(brush, 2.5, 2);
  ctx.stroke();
  ctx.setLineDash([]);
  paintMark(brush, { card, tone, words });
}

/** The chip of a card alone: over the ring of one that is selected or pointed at, which would cover it. */
export function paintMark(brush: Brush, { card, tone, words }: Omit<MarkedCard, "gone">): void {
  const out = bleedOf(card);
  if (brush.detail !== "dot") paintChip(brush, tone, brush.detail === "full" ? words : "", card.x - out, card.y - out);
}

/** How far from its card a mark is drawn. */
function bleedOf(card: SceneCard): number {
  return card.kind === "ultimate" ? 7 : 4;
}

/** The sign, and the word where there is room, on an edge's upper left corner. */
function paintChip(brush: Brush, tone: Tone, words: string, left: number, middle: number): void {
  const { ctx, theme, text } = brush;
  // Words that are too small to read say nothing.
  const scale = Math.min(2.2, Math.max(1, 0.8 / brush.zoom));
  const strong = font(theme, "strong", theme.size.tiny);
  const width = chipHeight + (words === "" ? 0 : text.width(words, strong) + 7);
  ctx.save();
  ctx.translate(left, middle);
  ctx.scale(scale, scale);
  ctx.beginPath();
  ctx.roundRect(-2, -chipHeight / 2 - 2, width, chipHeight, chipHeight / 2);
  ctx.fillStyle = theme[tone];
  ctx.fill();
  ctx.strokeStyle = theme.ground;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.fillStyle = theme.differenceInk;
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  ctx.font = font(theme, "strong", theme.size.body);
  ctx.fillText(signs[tone], chipHeight / 2 - 2, -1.5);
  ctx.textAlign = "left";
  ctx.font = strong;
  if (words !== "") ctx.fillText(words, chipHeight - 3, -1.5);
  ctx.restore();
}

/** A link's sign stands in the middle of its way. */
function paintLinkSign(brush: Brush, { link, tone }: MarkedLink): void {
  if (brush.detail === "dot") return;
  const { curve } = link;
  const piece = 2 + 6 * Math.floor((curve.length - 2) / 12);
  const at = (place: number) => curve[place] as number;
  const [x0, y0] = [at(piece - 2), at(piece - 1)];
  const x = (x0 + 3 * at(piece) + 3 * at(piece + 2) + at(piece + 4)) / 8;
  const y = (y0 + 3 * at(piece + 1) + 3 * at(piece + 3) + at(piece + 5)) / 8;
  paintChip(brush, tone, "", x - chipHeight / 2, y + 2);
}

function wayOf({ from, to }: Shift): Box {
  return {
    left: Math.min(from.x, to.x),
    right: Math.max(from.x + from.width, to.x + to.width),
    top: Math.min(from.y, to.y),
    bottom: Math.max(from.y + from.height, to.y + to.height),
  };
}

function paintShift(brush: Brush, { from, to }: Shift, box: Box): void {
  const { ctx, theme } = brush;
  const forward = to.x >= from.x;
  const start = { x: forward ? from.x + from.width : from.x, y: from.y + from.height / 2 };
  const end = { x: forward ? to.x : to.x + to.width, y: to.y + to.height / 2 };
  const pull = Math.max(30, Math.abs(end.x - start.x) / 2) * (forward ? 1 : -1);
  const curve = [start.x, start.y, start.x + pull, start.y, end.x - pull, end.y, end.x, end.y];
  const whole = {
    left: Math.min(start.x, end.x),
    right: Math.max(start.x, end.x),
    top: Math.min(start.y, end.y),
    bottom: Math.max(start.y, end.y),
  };
  ctx.setLineDash([2, 5]);
  const link = {
    id: "",
    from: "",
    to: "",
    label: "",
    points: [],
    course: "forward",
    curve,
    boxes: [],
    box: whole,
  } as const;
  paintLinks(brush, [link], { colour: theme.moved, width: 2 }, grow(box, 400));
  ctx.setLineDash([]);
}

/** Rings around what others changed just now. */
export function paintFresh(brush: Brush, cards: readonly SceneCard[], links: readonly SceneLink[], box: Box): void {
  const { ctx, theme } = brush;
  paintLinks(brush, links, { colour: theme.accent, width: 2.5 }, box);
  for (const card of cards) {
    const more = card.kind === "ultimate" ? 4 : 0;
    for (const [out, alpha] of [
      [3, 0.9],
      [7, 0.4],
      [11, 0.18],
    ] as const) {
      roundBox(ctx, grow(cardBox(card), out + more), brush.detail === "dot" ? 0 : cardRadius + out + more);
      ctx.globalAlpha = alpha;
      ctx.strokeStyle = theme.accent;
      ctx.lineWidth = atLeast(brush, out === 3 ? 2.5 : 4, out === 3 ? 2 : 2.5);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    // The rings run under the badge, not over it.
    paintBadge(brush, card);
  }
}
