/**
 * Bodies of cards as small bitmaps in the pixels of the screen: cards of a kind look alike but for their words, and to
 * copy a body is many times quicker than to fill and to stroke it, dashes above all. Kept for one zoom and one theme.
 * Only for what rests: a card in the hand is painted where it is, between pixels as well.
 */
import type { SceneCard } from "../scene";
import type { MapTheme } from "../theme";
import type { Brush } from "./brush";

/** How the map lies on the pixels: so many for a unit, from there. */
export type Pixels = { scale: number; x: number; y: number };

/** Shadow and doubled edge reach this far out of a card, in map units. */
const bleed = 8;

export class Stamps {
  #stamps = new Map<string, HTMLCanvasElement>();
  #scale = 0;
  #theme: MapTheme | null = null;

  /** `paint` paints a body; it is called for the first card of its look. Answers false where no bitmap can be had. */
  put(brush: Brush, pixels: Pixels, card: SceneCard, look: string, paint: (brush: Brush, card: SceneCard) => void) {
    if (this.#scale !== pixels.scale || this.#theme !== brush.theme) this.#stamps.clear();
    this.#scale = pixels.scale;
    this.#theme = brush.theme;
    const margin = Math.ceil(bleed * pixels.scale) + 1;
    const key = `${look} ${card.kind} ${card.stopped} ${card.width} ${card.height}`;
    const stamp = this.#stamps.get(key) ?? this.#cut(key, brush, card, margin, paint);
    if (stamp === null) return false;
    const { ctx } = brush;
    const { scale, x, y } = pixels;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(stamp, Math.round(card.x * scale + x) - margin, Math.round(card.y * scale + y) - margin);
    ctx.setTransform(scale, 0, 0, scale, x, y);
    return true;
  }

  #cut(key: string, brush: Brush, card: SceneCard, margin: number, paint: (brush: Brush, card: SceneCard) => void) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(card.width * this.#scale) + margin * 2;
    canvas.height = Math.ceil(card.height * this.#scale) + margin * 2;
    const ctx = canvas.getContext("2d");
    if (ctx === null) return null;
    ctx.setTransform(this.#scale, 0, 0, this.#scale, margin, margin);
    paint({ ...brush, ctx, stamps: null }, { ...card, x: 0, y: 0 });
    this.#stamps.set(key, canvas);
    return canvas;
  }
}
