/** What a window that moves over a bitmap finds there, and what has to be painted for it. */
import { expect, test } from "vitest";
import { type Area, holds, shared, size, stripAhead, widened } from "../../src/map/painter/areas";

const bitmap: Area = { x: 0, y: 0, width: 1200, height: 1000 };
const window = (x: number, y: number): Area => ({ x, y, width: 800, height: 600 });
const start = window(200, 200);

test("nothing is missing where the window looks at what is painted", () => {
  expect(widened(start, start, bitmap, 128)).toEqual({ missing: [], painted: start });
});

test("a small step paints one wide strip, and the next steps none", () => {
  const first = widened(start, window(204, 200), bitmap, 128);
  expect(first.missing).toEqual([{ x: 1000, y: 200, width: 128, height: 600 }]);
  for (const x of [210, 260, 328]) expect(widened(first.painted, window(x, 200), bitmap, 128).missing).toEqual([]);
});

test("strips end where the bitmap does", () => {
  const { missing, painted } = widened({ ...start, x: 380 }, window(400, 200), bitmap, 128);
  expect(missing).toEqual([{ x: 1180, y: 200, width: 20, height: 600 }]);
  expect(painted.x + painted.width).toBe(1200);
});

test("wherever it moves, it finds all of its window painted, each pixel once", () => {
  let painted = start;
  let at = 7;
  for (let step = 0; step < 500; step++) {
    at = (at * 48_271) % 2_147_483_647;
    const seen = window(at % 401, (at >> 8) % 401);
    const before = painted;
    const next = widened(painted, seen, bitmap, 128);
    painted = next.painted;
    expect(holds(painted, seen)).toBe(true);
    expect(holds(bitmap, painted)).toBe(true);
    // What stays and what is added make up what is painted, and share nothing.
    const kept = shared(before, painted);
    const parts = [...next.missing, ...(kept === null ? [] : [kept])];
    expect(parts.reduce((sum, part) => sum + size(part), 0)).toBe(size(painted));
    for (const [place, part] of parts.entries())
      for (const other of parts.slice(place + 1)) expect(shared(part, other)).toBeNull();
  }
});

test("a strip is begun before the window comes there, and is all that was missing", () => {
  const painted: Area = { x: 150, y: 120, width: 900, height: 760 };
  expect(stripAhead(painted, window(220, 170), bitmap, { x: 4, y: -10 }, 128, 8)).toEqual({
    area: { x: 150, y: 0, width: 900, height: 120 },
    painted: { x: 150, y: 0, width: 900, height: 880 },
    moves: 5,
  });
});

test("nothing is painted ahead of a window that has enough, or that comes to where the bitmap ends", () => {
  const step = { x: 0, y: 3 };
  expect(stripAhead({ ...start, height: 700 }, start, bitmap, step, 128, 8)).toBeNull();
  expect(stripAhead({ ...start, height: 800 }, window(200, 395), bitmap, step, 128, 8)).toBeNull();
});
