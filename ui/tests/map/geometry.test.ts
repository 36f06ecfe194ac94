import { describe, expect, test } from "vitest";
import { arrowhead, cubicAt, distanceTo, partsWithin, pieceBoxes, pointsAlong } from "../../src/map/geometry";

const straight = [0, 0, 30, 0, 60, 0, 90, 0];
const arch = [0, 0, 0, -100, 90, -100, 90, 0];

describe("distance to a curve", () => {
  test.each([
    ["on it", straight, { x: 45, y: 0 }, 0],
    ["beside it", straight, { x: 45, y: 7 }, 7],
    ["before its start", straight, { x: -5, y: 0 }, 5],
    ["beyond its end", straight, { x: 93, y: 4 }, 5],
    ["at the top of an arch", arch, { x: 45, y: -75 }, 0],
    ["inside an arch", arch, { x: 45, y: 0 }, 45],
  ])("%s", (_, curve, point, distance) => expect(distanceTo(curve, point)).toBeCloseTo(distance, 0));
});

test("a box holds every point of its piece, and no more than the piece needs", () => {
  const [left = 0, top = 0, right = 0, bottom = 0] = pieceBoxes(arch);
  expect([left, right, bottom]).toEqual([0, 90, 0]);
  expect(top).toBeCloseTo(-75);
  for (let t = 0; t <= 1; t += 0.05) expect(cubicAt(arch, 0, t).y).toBeGreaterThanOrEqual(top - 1e-9);
});

test.each([
  [0, 0],
  [0.5, 45],
  [1, 90],
])("the point at %s of the length", (share, x) => expect(pointsAlong(straight, [share])[0]?.x).toBeCloseTo(x));

test("an arrowhead points where the curve goes", () => {
  const [x, y, x1, y1, x2, y2] = arrowhead(straight, 9, 8);
  expect([x, y]).toEqual([90, 0]);
  expect(x1).toBeCloseTo(81);
  expect(x2).toBeCloseTo(81);
  expect(Math.abs(y1 - y2)).toBeCloseTo(8);
});

describe("the parts of a long curve that are seen in a window", () => {
  const tall = [0, 0, 450, 0, 450, 60_000, 900, 60_000];
  const climbing = [900, 60_000, 450, 60_000, 450, 0, 0, 0];
  const bow = [380, 0, 700, 0, 700, 60_000, 380, 60_000];
  test.each([
    ["going down", tall, { left: 300, top: 9_000, right: 420, bottom: 15_000 }],
    ["climbing back", climbing, { left: 300, top: 9_000, right: 420, bottom: 15_000 }],
    ["turning round", bow, { left: 300, top: 9_000, right: 620, bottom: 15_000 }],
    ["all of it", straight, { left: -10, top: -10, right: 100, bottom: 10 }],
  ])("%s: nothing that is seen is missing, and all of it lies on the curve", (_, curve, box) => {
    const parts = partsWithin(curve, 0, box);
    const seen = ({ x, y }: { x: number; y: number }) =>
      x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    const near = (place: { x: number; y: number }) => parts.some((part) => distanceTo(part, place) < 2);
    for (let t = 0; t <= 1; t += 0.002) {
      const place = cubicAt(curve, 0, t);
      if (seen(place)) expect(near(place), `${t}`).toBe(true);
    }
    // No more than twice as far as the window goes, and a thousandth of the whole.
    const reach = 2 * (box.right - box.left + box.bottom - box.top) + 400;
    for (const part of parts) expect(Math.abs((part.at(-1) ?? 0) - (part[1] ?? 0))).toBeLessThan(reach);
    for (const part of parts)
      for (const t of [0, 0.5, 1]) expect(distanceTo(curve, cubicAt(part, 0, t))).toBeLessThan(40);
  });

  test("a piece that passes beside the window has none", () =>
    expect(partsWithin(tall, 0, { left: 600, top: 0, right: 900, bottom: 9_000 })).toEqual([]));
});
