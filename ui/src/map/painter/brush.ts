/**
 * What every painter of the map holds in its hand: the canvas in map units, the theme, the text
 * measures, and how much detail the zoom leaves room for. Shapes used by more than one painter.
 */
import type { Box } from "../scene";
import type { TextMeasure } from "../text";
import type { MapTheme } from "../theme";
import type { Pixels, Stamps } from "./stamps";

/** Full cards with all lines; small cards with a large name; dots of the card's colour. */
export type Detail = "full" | "small" | "dot";

export type Brush = {
  ctx: CanvasRenderingContext2D;
  theme: MapTheme;
  text: TextMeasure;
  zoom: number;
  detail: Detail;
  /** Bodies of cards to be copied rather than painted; null: what is painted moves. */
  stamps: { kept: Stamps; pixels: Pixels } | null;
};

export function detailAt(zoom: number): Detail {
  if (zoom >= 0.5) return "full";
  return zoom >= 0.26 ? "small" : "dot";
}

/**
 * Words grow on the card as one zooms out, as far as the card has room, so that a map that is fitted
 * into the window can still be read. In steps: every size of text is measured only once.
 */
export function wordScale(zoom: number): number {
  const wanted = Math.min(1.4, Math.max(1, 0.88 / zoom));
  return Math.round(wanted * 20) / 20;
}

/** A line width in map units that never gets thinner than `least` CSS pixels. */
export function atLeast(brush: Brush, width: number, least: number): number {
  return Math.max(width, least / brush.zoom);
}

export function roundBox(ctx: CanvasRenderingContext2D, box: Box, radius: number): void {
  ctx.beginPath();
  ctx.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, radius);
}
