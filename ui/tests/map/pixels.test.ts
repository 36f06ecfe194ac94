/** Where a CSS pixel is not one of the screen: the picture has whole pixels, and a shift of it is a whole number of them. */
import { expect, test } from "vitest";
import { devicePixels, snapped } from "../../src/map/painter/layer";

const ratios = [1, 1.25, 1.5, 5 / 3, 2, 2.625];

test.each(ratios)("at %f pixels to the CSS pixel the canvas is as large as its pixels, within half of one", (ratio) => {
  for (const width of [863, 864, 1023.5, 1921]) {
    const pixels = devicePixels({ width, height: 701 }, ratio);
    expect(Number.isInteger(pixels.width)).toBe(true);
    expect(Math.abs(pixels.width / ratio - width)).toBeLessThanOrEqual(0.5 / ratio + 1e-9);
  }
  expect(devicePixels({ width: 0, height: 0 }, ratio)).toEqual({ width: 1, height: 1 });
});

test.each(ratios)("at %f pixels to the CSS pixel a pan moves the picture by whole pixels", (ratio) => {
  for (const offset of [0, 0.3, -17.77, 1234.56]) {
    const { x, y } = snapped({ x: offset, y: -offset, zoom: 0.58, width: 800, height: 600 }, ratio);
    for (const at of [x, y]) expect(Math.abs(at * ratio - Math.round(at * ratio))).toBeLessThan(1e-6);
    expect(Math.abs(x - offset)).toBeLessThanOrEqual(0.5 / ratio + 1e-9);
  }
});
