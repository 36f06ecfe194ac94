/**
 * Paints links: curves with arrowheads, back-links dashed, labels with a halo of the ground. Links
 * of one look are stroked together. Which links are in view is decided by the caller.
 */
import { arrowhead, partsWithin, pieceCount, pieceTouches } from "../geometry";
import type { Hand, PlacedLabel } from "../labels";
import { type Box, contains, grow, type SceneLink } from "../scene";
import { font, type MapTheme } from "../theme";
import { atLeast, type Brush, wordScale } from "./brush";

/** `strength`: opacity, 1 when left out. `resting`: a flow makes a link thinner, too, and not only thicker. */
export type LinkLook = { colour: string; width: number; strength?: number; resting?: boolean };

const headLength = 10;
const headWidth = 9;
/** The width from which on an arrowhead grows slowly. */
const thick = 3;
const backDash = [7, 5];

/** Above this many links the single one steps back, so that a crowded map stays a map of cards. */
const crowd = 150;

function strengthAmong(count: number): number {
  return Math.max(0.4, 1 - Math.log10(Math.max(1, count / crowd)) * 0.5);
}

export function plainLook(theme: MapTheme, count: number): LinkLook {
  const strength = strengthAmong(count);
  return { colour: theme.link, width: 1 + strength * 0.5, strength, resting: true };
}

/** Dashes along a longer link would cost more than the whole picture, and nobody could follow them. */
const longestDashed = 3000;
/** Links larger than this in CSS pixels are cut to what is seen before they are stroked. */
const longestWhole = 4000;

/** A link from afar that is narrower than this in CSS pixels is as good as straight. */
const straightFrom = 3;

/** The width of a link that hardly anybody takes, and of the one that most people take. */
const leastFlow = 1.25;
const mostFlow = 6;

/** Where nobody knows how many people take a link it looks as it does on a map without numbers. */
function widthOf({ weight }: SceneLink, { width, resting = false }: LinkLook): number {
  if (weight === undefined) return width;
  const flow = leastFlow + (mostFlow - leastFlow) * weight;
  return resting ? flow : Math.max(width, flow);
}

/** `box`: the area that is painted. */
export function paintLinks(brush: Brush, links: readonly SceneLink[], look: LinkLook, box: Box): void {
  const { ctx } = brush;
  const far = brush.detail === "dot";
  ctx.strokeStyle = look.colour;
  ctx.lineCap = far ? "butt" : "round";
  const strength = (look.strength ?? 1) * (far ? 0.55 : 1);
  ctx.globalAlpha *= strength;
  const reach = grow(box, 20);
  let before = 0;
  for (const link of links) {
    const size = Math.max(link.box.right - link.box.left, link.box.bottom - link.box.top);
    const dashed = link.course === "back" && !far && size < longestDashed;
    const width = atLeast(brush, widthOf(link, look), far ? 0.6 : 1.1);
    if (dashed) ctx.setLineDash(backDash);
    if (width !== before) ctx.lineWidth = width;
    before = width;
    ctx.beginPath();
    // Dashes would begin anew at every cut.
    if (!dashed && size * brush.zoom > longestWhole) tracePart(ctx, link, reach, !far);
    else if (far && narrow(link, brush.zoom)) traceStraight(ctx, link.curve);
    else trace(ctx, link.curve, !far);
    ctx.stroke();
    if (dashed) ctx.setLineDash([]);
  }
  if (!far) paintHeads(brush, links, look, reach);
  ctx.globalAlpha /= strength;
}

function narrow({ box }: SceneLink, zoom: number): boolean {
  return Math.min(box.right - box.left, box.bottom - box.top) * zoom < straightFrom;
}

function traceStraight(ctx: CanvasRenderingContext2D, curve: readonly number[]): void {
  ctx.moveTo(curve[0] as number, curve[1] as number);
  for (let at = 6; at < curve.length; at += 6) ctx.lineTo(curve[at] as number, curve[at + 1] as number);
}

function tracePart(ctx: CanvasRenderingContext2D, link: SceneLink, box: Box, short: boolean): void {
  for (let piece = 0; piece < pieceCount(link.curve); piece++) {
    if (!pieceTouches(link, piece, box)) continue;
    for (const part of partsWithin(link.curve, piece, box)) trace(ctx, part, short && endsWith(link.curve, part));
  }
}

function endsWith(curve: readonly number[], part: readonly number[]): boolean {
  const [x, y] = [curve[curve.length - 2] as number, curve[curve.length - 1] as number];
  return Math.hypot((part[6] as number) - x, (part[7] as number) - y) < 0.01;
}

/** The curve stops inside the arrowhead, so that a thick line does not show beside the tip. */
export function trace(ctx: CanvasRenderingContext2D, curve: readonly number[], short: boolean): void {
  ctx.moveTo(curve[0] as number, curve[1] as number);
  const last = curve.length - 6;
  for (let at = 2; at < curve.length; at += 6) {
    let endX = curve[at + 4] as number;
    let endY = curve[at + 5] as number;
    if (short && at === last) {
      const dx = endX - (curve[at + 2] as number);
      const dy = endY - (curve[at + 3] as number);
      const length = Math.hypot(dx, dy) || 1;
      const cut = Math.min(headLength * 0.7, length / 2);
      endX -= (dx / length) * cut;
      endY -= (dy / length) * cut;
    }
    ctx.bezierCurveTo(
      curve[at] as number,
      curve[at + 1] as number,
      curve[at + 2] as number,
      curve[at + 3] as number,
      endX,
      endY,
    );
  }
}

function paintHeads(brush: Brush, links: readonly SceneLink[], look: LinkLook, box: Box): void {
  const { ctx } = brush;
  const closer = brush.detail === "small" ? 1.35 : 1;
  ctx.fillStyle = look.colour;
  for (const link of links) {
    const { curve } = link;
    const end = { x: curve[curve.length - 2] as number, y: curve[curve.length - 1] as number };
    if (!contains(box, end)) continue;
    // A head grows less than its line: it is to point, not to shout.
    const width = widthOf(link, look);
    const scale = (width <= thick ? Math.max(1, (width / 1.5) * 0.85) : 1.7 + (width - thick) * 0.2) * closer;
    const [x, y, x1, y1, x2, y2] = arrowhead(curve, headLength * scale, headWidth * scale);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x1, y1);
    ctx.lineTo(x2, y2);
    ctx.fill();
  }
}

/** Labels are placed with room for the size they have in a fitted map; close up they need less. */
const largestLabel = 1.2;

export function labelSize(theme: MapTheme): number {
  return theme.size.tiny * largestLabel;
}

/** What labels at rest are set in. */
export function restingLabel(brush: Brush): string {
  return font(brush.theme, "normal", restingSize(brush));
}

/** Smaller than this in CSS pixels, a label is a smear. The ones in hand are drawn large enough to be read. */
const leastLabel = 7.4;
const readableLabel = 10.5;

function restingSize({ theme, zoom }: Brush): number {
  return labelSize(theme) * Math.min(1, wordScale(zoom) / largestLabel);
}

/** Sizes of words in the hand for each doubling: near enough to be one movement, and each is shaped only once. */
const sizesPerDoubling = 12;

/** How the words of the links in hand are set, `among` so many links; never smaller than can be read. */
export function handLabel(brush: Brush, among: number): Hand {
  const { theme, zoom } = brush;
  const steps = Math.ceil(Math.log2(1 / zoom) * sizesPerDoubling - 1e-6);
  const size = Math.max(restingSize(brush), readableLabel * 2 ** (steps / sizesPerDoubling));
  const whole = labelSize(theme);
  const set = { font: font(theme, "medium", size), measured: font(theme, "medium", whole), scale: size / whole };
  return { ...set, seen: labelsRest(brush, among), legible: labelsRest(brush, 1) };
}

/** Whether labels at rest are large enough to be read; in a crowd one has to come closer before they speak up. */
export function labelsRest(brush: Brush, among: number): boolean {
  return brush.detail === "full" && restingSize(brush) * brush.zoom >= leastLabel / strengthAmong(among) ** 2;
}

export function paintLabels(brush: Brush, labels: readonly PlacedLabel[], look: { colour: string; font: string }) {
  const { ctx, theme, zoom } = brush;
  if (labels.length === 0) return;
  ctx.font = look.font;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme.column;
  ctx.lineWidth = Math.max(5, 4 / zoom);
  for (const label of labels) ctx.strokeText(label.text, label.x, label.y);
  ctx.fillStyle = look.colour;
  for (const label of labels) ctx.fillText(label.text, label.x, label.y);
  ctx.textAlign = "left";
}
