/** Two fingers on the map: what is under them stays under them. */
import { expect, test } from "vitest";
import { Pinch } from "../../src/map/gestures/pinch";
import { panned, toMap, toScreen, zoomedAbout } from "../../src/map/viewport";

function moved(pinch: Pinch, finger: number, at: { x: number; y: number }, view = start) {
  const change = pinch.move(finger, at);
  if (change === null) return view;
  const shifted = panned(view, change.dx, change.dy);
  return zoomedAbout(shifted, shifted.zoom * change.scale, change.about);
}
const start = { x: 12, y: -30, zoom: 0.8, width: 800, height: 600 };

test("both fingers moving alike pan", () => {
  const pinch = new Pinch();
  expect(pinch.down(1, { x: 100, y: 100 })).toBe(false);
  expect(pinch.down(2, { x: 200, y: 100 })).toBe(true);
  const half = moved(pinch, 1, { x: 110, y: 130 });
  const whole = moved(pinch, 2, { x: 210, y: 130 }, half);
  expect(whole.zoom).toBeCloseTo(0.8);
  expect([whole.x - start.x, whole.y - start.y].map(Math.round)).toEqual([10, 30]);
});

test("fingers that go apart zoom, and each keeps its place of the map when both move evenly", () => {
  const pinch = new Pinch();
  const [a, b] = [
    { x: 300, y: 200 },
    { x: 400, y: 200 },
  ];
  pinch.down(7, a);
  pinch.down(9, b);
  const under = toMap(start, a);
  const half = moved(pinch, 7, { x: 250, y: 200 });
  const whole = moved(pinch, 9, { x: 450, y: 200 }, half);
  expect(whole.zoom).toBeCloseTo(1.6);
  expect(toScreen(whole, under).x).toBeCloseTo(250);
});

test("the finger that stays does nothing until it has left as well", () => {
  const pinch = new Pinch();
  pinch.down(1, { x: 0, y: 0 });
  expect(pinch.underWay).toBe(false);
  pinch.down(2, { x: 50, y: 0 });
  pinch.up(1);
  expect(pinch.underWay).toBe(true);
  expect(pinch.move(2, { x: 90, y: 0 })).toBeNull();
  pinch.up(2);
  expect(pinch.underWay).toBe(false);
});
