/** Where dragged cards come to rest. */
import { describe, expect, test } from "vitest";
import { rest } from "../../src/map/gestures/snapping";
import type { World } from "../../src/map/world";
import { worldOf } from "./scenes";

const world = worldOf({ a: [0, 0], b: [1, 103] });
const lead = world.scene.cards.get("a");

function drag(on: World, ids: string[], first: string, shift: { x: number; y: number }) {
  const card = on.scene.cards.get(first);
  if (card === undefined) throw new Error("no card");
  return rest(on.scene, on.cards, new Set(ids), card, shift, 1, false);
}

test.each([
  ["on a neighbour's row", { x: 0, y: 100 }, false, { dx: 0, dy: 103 }, 1],
  ["under the cards of the next column", { x: 308, y: 300 }, false, { dx: 300, dy: 300 }, 1],
  ["where it is let go, with Alt", { x: 308, y: 100 }, true, { dx: 308, dy: 100 }, 0],
  ["where it is let go, far from all", { x: 120, y: 40 }, false, { dx: 120, dy: 40 }, 0],
])("%s", (_, shift, free, wanted, guides) => {
  if (lead === undefined) throw new Error("no card");
  const found = rest(world.scene, world.cards, new Set(["a"]), lead, shift, 1, free);
  expect({ dx: found.dx, dy: found.dy }).toEqual(wanted);
  expect(found.guides).toHaveLength(guides);
});

describe("what is shown while snapping", () => {
  test("the shared left edge, as an upright line over both cards", () => {
    const world = worldOf({ a: [0, 0], b: [1, 0], moved: [2, 300] });
    const { guides } = drag(world, ["moved"], "moved", { x: -305, y: -150 });
    expect(guides).toContainEqual({ x1: 350, x2: 350, y1: 0, y2: 214 });
  });

  test("equal distances: between two cards, and going on below two", () => {
    const world = worldOf({ a: [1, 0], b: [1, 300], moved: [2, 500] });
    const between = drag(world, ["moved"], "moved", { x: -300, y: -353 });
    expect(500 + between.dy).toBe(150);
    expect(between.guides.filter((guide) => guide.spacing)).toHaveLength(2);
    const below = drag(worldOf({ a: [1, 0], b: [1, 100], moved: [2, 500] }), ["moved"], "moved", { x: -300, y: -297 });
    expect(500 + below.dy).toBe(200);
  });

  test("several cards are one box: its middle meets the middle of a neighbour", () => {
    const world = worldOf({ a: [0, 100], one: [1, 300], two: [1, 400] });
    const { dy } = drag(world, ["one", "two"], "two", { x: 0, y: -247 });
    // Together they reach from 300 to 464; the neighbour's middle is at 132.
    expect((300 + 464) / 2 + dy).toBe(132);
  });
});
