/** Whatever moves under the window: what the layer calls complete shows each place of the map where it belongs. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Layer } from "../../src/map/painter/layer";
import type { Viewport } from "../../src/map/viewport";

/** A bitmap that knows of each pixel which place of the map it shows: scale and whole pixels from the map's origin. */
class Bitmap {
  pixels: (string | null)[] = [];
  #place = { scale: 1, x: 0, y: 0 };
  #clip = { x: 0, y: 0, width: 0, height: 0 };
  globalCompositeOperation = "source-over";
  constructor(readonly canvas: HTMLCanvasElement) {}
  save() {}
  restore() {}
  beginPath() {}
  clip() {}
  rect(x: number, y: number, width: number, height: number) {
    this.#clip = { x, y, width, height };
  }
  setTransform(scale: number, _: number, __: number, ___: number, x: number, y: number) {
    this.#place = { scale, x, y };
  }
  /** `version`: of the map, which is painted over all of the clip. */
  fill(version: number) {
    const { scale, x, y } = this.#place;
    this.#put(this.#clip, (column, row) => `${version} ${scale} ${column - x} ${row - y}`);
  }
  drawImage(source: HTMLCanvasElement, ...at: number[]) {
    const from = source.getContext("2d") as unknown as Bitmap;
    const [sx, sy, width, height, x, y] =
      at.length === 2
        ? [0, 0, source.width, source.height, at[0] ?? 0, at[1] ?? 0]
        : (at as [number, number, number, number, number, number]);
    const before = from === this ? [...this.pixels] : from.pixels;
    if (this.globalCompositeOperation === "copy") this.pixels = [];
    this.#put(
      { x, y, width, height },
      (column, row) => before[(row - y + sy) * source.width + column - x + sx] ?? null,
    );
  }
  #put(area: { x: number; y: number; width: number; height: number }, what: (x: number, y: number) => string | null) {
    const { width, height } = this.canvas;
    for (let y = Math.max(0, area.y); y < Math.min(height, area.y + area.height); y++)
      for (let x = Math.max(0, area.x); x < Math.min(width, area.x + area.width); x++)
        this.pixels[y * width + x] = what(x, y);
  }
}

const bitmaps = new WeakMap<HTMLCanvasElement, Bitmap>();

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(function (this: HTMLCanvasElement) {
    const bitmap = bitmaps.get(this) ?? new Bitmap(this);
    bitmaps.set(this, bitmap);
    return bitmap as never;
  });
});
afterEach(() => vi.restoreAllMocks());

test.each([1, 1.25, 2])("on a screen of %s pixels for each", (ratio) => {
  const size = { width: 24, height: 16 };
  let version = 0;
  const layer = new Layer(function* (ctx) {
    // Left for later frames in the middle, as a strip with many links is.
    yield;
    (ctx as unknown as Bitmap).fill(version);
  });
  let seed = 5;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  let view: Viewport = { x: 0, y: 0, zoom: 1, ...size };
  let steps = [3, -2];
  let complete = 0;
  for (let frame = 0; frame < 120; frame++) {
    if (frame % 17 === 0) steps = [random(9) - 4, random(9) - 4];
    view = { ...view, x: view.x + (steps[0] ?? 0), y: view.y + (steps[1] ?? 0) };
    if (frame % 41 === 40) view = { ...view, zoom: view.zoom === 1 ? 0.5 : 1 };
    if (frame % 23 === 22) {
      version += 1;
      const everywhere = { left: -1e5, top: -1e5, right: 1e5, bottom: 1e5 };
      layer.invalidate([everywhere]);
    }
    if (!layer.prepare(view, ratio, 7)) continue;
    complete += 1;
    const canvas = Object.assign(document.createElement("canvas"), {
      width: size.width * ratio,
      height: size.height * ratio,
    });
    const target = canvas.getContext("2d") as CanvasRenderingContext2D;
    layer.drawTo(target, view);
    const [left, top] = [Math.round(view.x * ratio), Math.round(view.y * ratio)];
    const seen = (target as unknown as Bitmap).pixels;
    for (const [x, y] of [
      [0, 0],
      [canvas.width - 1, 0],
      [0, canvas.height - 1],
      [canvas.width - 1, canvas.height - 1],
      [7, 9],
    ] as const)
      expect(seen[y * canvas.width + x]).toBe(`${version} ${view.zoom * ratio} ${x - left} ${y - top}`);
  }
  expect(complete).toBeGreaterThan(60);
});
