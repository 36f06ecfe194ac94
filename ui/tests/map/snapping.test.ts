/** Where dragged cards come to rest. */
import { expect, test } from "vitest";
import { rest } from "../../src/map/gestures/snapping";
import { worldOf } from "./scenes";

const world = worldOf({ a: [0, 0], b: [1, 103] });
const lead = world.scene.cards.get("a");

test.each([
  ["on a neighbour's row", { x: 0, y: 100 }, false, { dx: 0, dy: 103 }, 1],
  ["in the middle of the next column", { x: 308, y: 300 }, false, { dx: 300, dy: 300 }, 0],
  ["where it is let go, with Alt", { x: 308, y: 100 }, true, { dx: 308, dy: 100 }, 0],
  ["where it is let go, far from all", { x: 120, y: 40 }, false, { dx: 120, dy: 40 }, 0],
])("%s", (_, shift, free, wanted, guides) => {
  if (lead === undefined) throw new Error("no card");
  const found = rest(world.scene, world.cards, new Set(["a"]), lead, shift, 1, free);
  expect({ dx: found.dx, dy: found.dy }).toEqual(wanted);
  expect(found.guides).toHaveLength(guides);
});
