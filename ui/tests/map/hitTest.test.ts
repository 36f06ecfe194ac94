import { expect, test } from "vitest";
import { cardAt, type Hit, hitTest } from "../../src/map/hitTest";
import type { Point } from "../../src/map/scene";
import { worldOf } from "./scenes";

const world = worldOf({ a: [0, 0], b: [1, 0], gap: [0, 100], lower: [2, 0], upper: [2, 40] }, ["a>b"]);

const cases: [string, Point, number, string | null, Hit][] = [
  ["the middle of a card", { x: 150, y: 30 }, 1, null, { on: "card", id: "a" }],
  ["just outside a card", { x: 150, y: 66 }, 1, null, { on: "ground" }],
  ["a link between two cards", { x: 300, y: 34 }, 1, null, { on: "link", id: "a>b" }],
  ["beside a link, beyond reach", { x: 300, y: 44 }, 1, null, { on: "ground" }],
  ["the same place from afar is in reach", { x: 300, y: 44 }, 0.5, null, { on: "link", id: "a>b" }],
  ["a handle of the hovered card", { x: 253, y: 32 }, 1, "a", { on: "handle", id: "a", side: "right" }],
  ["a handle's place when it is not shown", { x: 248, y: 32 }, 1, null, { on: "card", id: "a" }],
  ["a left handle", { x: 44, y: 32 }, 1, "a", { on: "handle", id: "a", side: "left" }],
  ["no handles from afar", { x: 252, y: 32 }, 0.3, "a", { on: "link", id: "a>b" }],
  ["a badge", { x: 250, y: 98 }, 1, null, { on: "badge", id: "gap" }],
  ["the half of a badge outside its card", { x: 256, y: 94 }, 1, null, { on: "badge", id: "gap" }],
  ["the card painted last wins", { x: 750, y: 50 }, 1, null, { on: "card", id: "upper" }],
];

test.each(cases)("%s", (_, at, zoom, handles, hit) => expect(hitTest(at, zoom, world, handles)).toEqual(hit));

test("a card takes a link that is dropped close by", () => {
  expect(cardAt({ x: 45, y: 30 }, world)?.id).toBeUndefined();
  expect(cardAt({ x: 45, y: 30 }, world, 6)?.id).toBe("a");
});
