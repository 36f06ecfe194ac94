/**
 * Movement over time: cards on their way to a new place, the view on its way to another. Times come
 * in from the frame clock; nothing here reads a clock or asks for frames.
 */
import type { Point, SceneCard } from "./scene";
import type { Viewport } from "./viewport";

const duration = 180;

/** Fast at first, then settling. */
export function eased(share: number): number {
  const left = 1 - Math.min(1, Math.max(0, share));
  return 1 - left * left * left;
}

export class Flight {
  #from: ReadonlyMap<string, Point>;
  #start: number | null = null;

  constructor(from: ReadonlyMap<string, Point>) {
    this.#from = from;
  }

  /** The cards where they are at `now`; null when all have arrived. */
  at(now: number, cards: ReadonlyMap<string, SceneCard>): Map<string, SceneCard> | null {
    this.#start ??= now;
    const share = (now - this.#start) / duration;
    if (share >= 1) return null;
    const t = eased(share);
    const flying = new Map<string, SceneCard>();
    for (const [id, from] of this.#from) {
      const card = cards.get(id);
      if (card !== undefined)
        flying.set(id, { ...card, x: from.x + (card.x - from.x) * t, y: from.y + (card.y - from.y) * t });
    }
    return flying;
  }
}

export class Glide {
  #from: Viewport;
  readonly to: Viewport;
  #start: number | null = null;

  constructor(from: Viewport, to: Viewport) {
    this.#from = from;
    this.to = to;
  }

  at(now: number): { view: Viewport; arrived: boolean } {
    this.#start ??= now;
    const share = (now - this.#start) / duration;
    if (share >= 1) return { view: this.to, arrived: true };
    const t = eased(share);
    // Zoom by equal ratios and pan by the map point in the middle: the eye reads it as one movement.
    const zoom = this.#from.zoom * (this.to.zoom / this.#from.zoom) ** t;
    const middle = (view: Viewport): Point => ({
      x: (view.width / 2 - view.x) / view.zoom,
      y: (view.height / 2 - view.y) / view.zoom,
    });
    const a = middle(this.#from);
    const b = middle(this.to);
    const x = this.to.width / 2 - (a.x + (b.x - a.x) * t) * zoom;
    const y = this.to.height / 2 - (a.y + (b.y - a.y) * t) * zoom;
    return { view: { ...this.to, zoom, x, y }, arrived: false };
  }
}
