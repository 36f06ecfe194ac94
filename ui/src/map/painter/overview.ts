/**
 * The whole map as blocks, to lie where a moving zoom has nothing better to show yet. Made when it is first
 * needed after a change; it has no links and no words, and is never what a resting window shows.
 */
import type { MapTheme } from "../theme";
import type { World } from "../world";
import { paintMinimap } from "./minimap";

/** As many pixels as a small window has, and no side that a canvas might not have. */
const pixels = 1_000_000;
const longestSide = 4096;

export class Overview {
  readonly #canvas = document.createElement("canvas");
  #stale = true;

  forget(): void {
    this.#stale = true;
  }

  /** `ctx`: in map units. */
  paintTo(ctx: CanvasRenderingContext2D, { scene, box }: World, theme: MapTheme): void {
    if (box === null || scene.cards.size === 0) return;
    const width = box.right - box.left;
    const height = box.bottom - box.top;
    if (width <= 0 || height <= 0) return;
    if (this.#stale) {
      const scale = Math.min(Math.sqrt(pixels / (width * height)), longestSide / Math.max(width, height), 1);
      const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
      paintMinimap(this.#canvas, scene, theme, box, wide, high, 1);
      this.#stale = false;
    }
    ctx.drawImage(this.#canvas, box.left, box.top, width, height);
  }
}
