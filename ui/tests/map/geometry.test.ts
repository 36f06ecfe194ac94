import { describe, expect, test } from "vitest";
import { arrowhead, cubicAt, distanceTo, linkTouches, pieceBoxes, pointsAlong } from "../../src/map/geometry";
import type { SceneLink } from "../../src/map/scene";
import { sceneOf } from "./scenes";

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

describe("routes", () => {
  const scene = sceneOf({ a: [0, 0], wall: [1, 0], wall2: [1, 84], far: [2, 0], below: [0, 200], under: [0, 84] }, [
    "a>wall",
    "a>far",
    "far>a",
    "a>below",
    "a>under",
  ]);
  const link = (id: string) => scene.links.get(id) as SceneLink;

  test("a forward link leaves on the right and arrives on the left", () => {
    const { curve, course } = link("a>wall");
    expect(course).toBe("forward");
    expect(curve[0]).toBe(250);
    expect(curve.at(-2)).toBe(350);
  });

  test("a link over a column passes between its cards", () => {
    const wall = scene.cards.get("wall");
    const second = scene.cards.get("wall2");
    for (const card of [wall, second]) {
      const box = { left: card?.x ?? 0, right: (card?.x ?? 0) + 200, top: card?.y ?? 0, bottom: (card?.y ?? 0) + 64 };
      expect(linkTouches(link("a>far"), box)).toBe(false);
    }
  });

  test("a back link leaves and arrives below", () => {
    const { curve, course } = link("far>a");
    expect(course).toBe("back");
    expect([curve[1], curve.at(-1)]).toEqual([64, 64]);
  });

  test("neighbours in a column are joined straight down; others by a bow on the right", () => {
    expect(link("a>under").curve.filter((_, place) => place % 2 === 0)).toEqual([150, 150, 150, 150]);
    expect(link("a>below").course).toBe("within");
    expect(link("a>below").box.right).toBeGreaterThan(250);
  });

  test("links that share an edge leave it apart", () => {
    const starts = ["a>wall", "a>far", "a>below"].map((id) => link(id).curve[1]);
    expect(new Set(starts).size).toBe(3);
  });

  test("a moved end is followed", () => {
    const card = scene.cards.get("wall");
    const moved = new Map(card ? [["wall", { ...card, y: 500 }]] : []);
    expect(scene.routes.route(link("a>wall"), moved)?.curve.at(-1)).toBe(532);
  });
});

test("what comes out the same is the same object", () => {
  const cards = { a: [0, 0], b: [1, 0], c: [2, 0] } as const;
  const first = sceneOf(cards, ["a>b", "b>c"]);
  const second = sceneOf({ ...cards, c: [2, 300] }, ["a>b", "b>c"], first);
  expect(second.cards.get("a")).toBe(first.cards.get("a"));
  expect(second.cards.get("c")).not.toBe(first.cards.get("c"));
  expect(second.links.get("a>b")).toBe(first.links.get("a>b"));
  expect(second.links.get("b>c")).not.toBe(first.links.get("b>c"));
});
