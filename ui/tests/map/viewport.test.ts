import { describe, expect, test } from "vitest";
import {
  approaching,
  fitted,
  focused,
  keptNear,
  leastZoom,
  lookedAt,
  mostZoom,
  opening,
  panned,
  pushed,
  resized,
  revealing,
  toMap,
  toScreen,
  type Viewport,
  visibleBox,
  zoomedAbout,
} from "../../src/map/viewport";

const view: Viewport = { x: 37, y: -120, zoom: 0.8, width: 1000, height: 700 };
const box = { left: 0, top: 0, right: 1800, bottom: 900 };

test("screen and map are each other's way back", () => {
  const point = { x: 812.5, y: -33 };
  const back = toMap(view, toScreen(view, point));
  expect(back.x).toBeCloseTo(point.x);
  expect(back.y).toBeCloseTo(point.y);
});

describe("zoom about a point keeps the point", () => {
  test.each([
    [0.1, { x: 0, y: 0 }],
    [0.5, { x: 999, y: 1 }],
    [2, { x: 500, y: 350 }],
    [100, { x: 12, y: 690 }],
    [0, { x: 700, y: 20 }],
  ])("zoom %s", (zoom, about) => {
    const under = toMap(view, about);
    const next = zoomedAbout(view, zoom, about);
    const now = toScreen(next, under);
    expect(now.x).toBeCloseTo(about.x);
    expect(now.y).toBeCloseTo(about.y);
    expect(next.zoom).toBeGreaterThanOrEqual(leastZoom);
    expect(next.zoom).toBeLessThanOrEqual(mostZoom);
  });
});

test("a pan moves every point by the same", () => {
  const moved = toScreen(panned(view, 5, -9), { x: 3, y: 4 });
  const still = toScreen(view, { x: 3, y: 4 });
  expect([moved.x - still.x, moved.y - still.y]).toEqual([5, -9]);
});

test.each([
  [box],
  [{ left: -500, top: 200, right: 90_000, bottom: 300 }],
  [{ left: 0, top: 0, right: 10, bottom: 10 }],
])("fit brings all of it into view", (area) => {
  const seen = visibleBox(fitted(view, area));
  expect(seen.left).toBeLessThanOrEqual(area.left);
  expect(seen.right).toBeGreaterThanOrEqual(area.right);
  expect(seen.top).toBeLessThanOrEqual(area.top);
  expect(seen.bottom).toBeGreaterThanOrEqual(area.bottom);
});

test("a small map is not blown up", () => {
  expect(fitted(view, { left: 0, top: 0, right: 10, bottom: 10 }).zoom).toBe(1.25);
});

test("a map too large to read whole opens at its beginning, readable", () => {
  const map = { left: 0, top: 0, right: 1800, bottom: 60_000 };
  const opened = opening(view, map, map);
  expect(opened.zoom).toBeGreaterThanOrEqual(0.45);
  const seen = visibleBox(opened);
  expect(seen.top).toBeLessThan(0);
  expect(seen.top).toBeGreaterThan(-200);
});

test("a map too wide to read whole opens where its first column has cards", () => {
  const first = { left: 40, top: 9_600, right: 250, bottom: 10_400 };
  const opened = opening(view, { left: 0, top: 0, right: 9000, bottom: 20_000 }, first);
  const seen = visibleBox(opened);
  expect(seen.left).toBeLessThan(0);
  expect((seen.top + seen.bottom) / 2).toBeCloseTo(10_000, -3);
});

test("what is looked for is shown large enough to be read, and a zoom at which it can be stays", () => {
  const card = { left: 5000, top: 300, right: 5208, bottom: 364 };
  const near = approaching({ ...view, zoom: 0.07 }, card);
  expect(near.zoom).toBeGreaterThanOrEqual(0.5);
  const seen = visibleBox(near);
  expect(seen.left).toBeLessThan(card.left);
  expect(seen.right).toBeGreaterThan(card.right);
  expect(approaching(view, card)).toEqual(revealing(view, card));
});

test("reveal moves nothing that is in view, and no further than needed", () => {
  expect(revealing(view, { left: 200, top: 300, right: 400, bottom: 364 })).toEqual(view);
  const next = revealing(view, { left: 5000, top: 300, right: 5200, bottom: 364 });
  expect(next.y).toBe(view.y);
  expect(toScreen(next, { x: 5200, y: 0 }).x).toBeCloseTo(1000 - 48);
});

test("what stands at the edge of a map that is all in view is in view", () => {
  const all = fitted(view, box);
  for (const corner of [
    { left: 0, top: 0, right: 208, bottom: 64 },
    { left: 1592, top: 836, right: 1800, bottom: 900 },
  ])
    expect(revealing(all, corner)).toEqual(all);
});

test("the map cannot be lost", () => {
  const seen = visibleBox(keptNear(panned(view, 1e6, -1e6), box));
  expect(seen.left).toBeLessThan(box.right);
  expect(seen.right).toBeGreaterThan(box.left);
  expect(seen.top).toBeLessThan(box.bottom);
});

type Placed = { x: number; y: number; zoom?: number };
test.each([
  ["as far as something is there", { x: -500, y: -400 }, [-9, 9], [-9, 9]],
  ["no further than there is room beside it", { x: 115, y: 118 }, [9, 9], [5, 2]],
  ["not where all is seen", { x: 130, y: 130 }, [9, 9], [0, 0]],
  ["as far as cards are large", { x: 235, y: 130, zoom: 2 }, [9, 9], [5, 9]],
  ["and beyond the rim where they are small", { x: 60, y: 70, zoom: 0.1 }, [9, 9], [4, 0]],
] as const)("a drag at the rim takes the map along %s", (_, { x, y, zoom = 1 }: Placed, [dx, dy], moved) => {
  const view = { x, y, zoom, width: 600, height: 500 };
  const next = pushed(view, dx, dy, { left: 0, top: 0, right: 2000, bottom: 1000 });
  expect([next.x - x, next.y - y]).toEqual(moved);
});

test("coming closer keeps what is looked at: the middle of what is seen of it", () => {
  const view = { x: 0, y: 0, zoom: 1, width: 600, height: 500 };
  expect(lookedAt(view, { left: 100, top: 50, right: 300, bottom: 100 })).toEqual({ x: 200, y: 75 });
  expect(lookedAt(view, { left: -900, top: -900, right: 900, bottom: 900 })).toEqual({ x: 300, y: 250 });
  expect(lookedAt(view, { left: 700, top: 0, right: 900, bottom: 90 })).toEqual({ x: 300, y: 250 });
  expect(lookedAt(view, null)).toEqual({ x: 300, y: 250 });
});

test("another window size keeps the middle", () => {
  const middle = toMap(view, { x: 500, y: 350 });
  const now = toScreen(resized(view, 1400, 500), middle);
  expect(now.x).toBeCloseTo(700);
  expect(now.y).toBeCloseTo(250);
});

test("a part that is told of is in view with room around it, closer where that helps, on the map and not beside it", () => {
  const view = { x: 0, y: 0, zoom: 1, width: 1440, height: 640 };
  const whole = { left: 0, top: 0, right: 3000, bottom: 900 };
  const all = focused(view, whole, whole);
  for (const part of [
    { left: 0, top: 0, right: 208, bottom: 64 },
    { left: 2600, top: 700, right: 3000, bottom: 900 },
    { left: 900, top: 300, right: 1500, bottom: 600 },
  ]) {
    const near = focused(view, whole, part);
    expect(near.zoom).toBeGreaterThan(all.zoom);
    const seen = visibleBox(near);
    const free = [part.left - seen.left, seen.right - part.right, part.top - seen.top, seen.bottom - part.bottom];
    expect(Math.min(...free)).toBeGreaterThan(20);
    expect(seen.left).toBeGreaterThan(whole.left - 60);
    expect(seen.right).toBeLessThan(whole.right + 60);
  }
  // Nearly all of it is shown as all of it.
  expect(focused(view, whole, { left: 0, top: 0, right: 2900, bottom: 900 })).toEqual(all);
});
