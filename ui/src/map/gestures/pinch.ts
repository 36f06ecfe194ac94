/** Two fingers on the map: how they move it and what they zoom it about. Values in, values out; it moves nothing. */
import type { Point } from "../scene";

/** Moved by so much, then scaled about a point, in CSS pixels of the canvas. */
export type Pinched = { dx: number; dy: number; scale: number; about: Point };

export class Pinch {
  #fingers = new Map<number, Point>();
  #under = false;

  /** Two fingers are, or were, on the map, and not all of them have left: one alone does nothing until then. */
  get underWay(): boolean {
    return this.#under;
  }

  /** Answers whether this finger makes it a pinch. */
  down(finger: number, at: Point): boolean {
    this.#fingers.set(finger, at);
    const begins = this.#fingers.size === 2;
    this.#under ||= begins;
    return begins;
  }

  /** Null while there are not two fingers. A third one is in nobody's way and moves nothing. */
  move(finger: number, at: Point): Pinched | null {
    const before = [...this.#fingers.values()];
    if (!this.#fingers.has(finger)) return null;
    this.#fingers.set(finger, at);
    const after = [...this.#fingers.values()];
    const [a, b, c, d] = [before[0], before[1], after[0], after[1]];
    if (!a || !b || !c || !d) return null;
    const [from, to] = [middle(a, b), middle(c, d)];
    const [was, is] = [apart(a, b), apart(c, d)];
    return { dx: to.x - from.x, dy: to.y - from.y, scale: was < 1 ? 1 : is / was, about: to };
  }

  up(finger: number): void {
    this.#fingers.delete(finger);
    if (this.#fingers.size === 0) this.#under = false;
  }
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function apart(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
