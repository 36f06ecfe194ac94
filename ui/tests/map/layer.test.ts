/** Whatever moves under the window: what the layer calls complete shows each place of the map where it belongs. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Layer } from "../../src/map/painter/layer";
import { type Box, contains } from "../../src/map/scene";
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
  /** `version`: how often the map has changed at a place. */
  fill(version: (x: number, y: number) => number) {
    const { scale, x, y } = this.#place;
    this.#put(this.#clip, (column, row) => shown(column - x, row - y, scale, version));
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

function shown(x: number, y: number, scale: number, version: (x: number, y: number) => number): string {
  return `${version((x + 0.5) / scale, (y + 0.5) / scale)} ${scale} ${x} ${y}`;
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
  const size = { width: 40, height: 28 };
  const changes: Box[] = [];
  const version = (x: number, y: number) => changes.filter((box) => contains(box, { x, y })).length;
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
    if (frame % 17 === 0) steps = [random(31) - 15, random(21) - 10];
    view = { ...view, x: view.x + (steps[0] ?? 0), y: view.y + (steps[1] ?? 0) };
    if (frame % 41 === 40) view = { ...view, zoom: view.zoom === 1 ? 0.5 : 1 };
    // In the window, beside it, and both.
    if (frame % 7 === 6) {
      const [left, top] = [-view.x + random(80) - 20, -view.y + random(60) - 15].map((at) => at / view.zoom) as [
        number,
        number,
      ];
      const everywhere = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
      changes.push(frame % 35 === 34 ? everywhere : { left, top, right: left + 9, bottom: top + 9 });
      layer.invalidate(changes.slice(-1));
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
    const wrong = seen.filter((pixel, at) => {
      const [x, y] = [(at % canvas.width) - left, Math.floor(at / canvas.width) - top];
      return pixel !== shown(x, y, view.zoom * ratio, version);
    });
    expect([seen.length, wrong]).toEqual([canvas.width * canvas.height, []]);
  }
  expect(complete).toBeGreaterThan(60);
});
