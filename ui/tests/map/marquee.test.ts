/** What a marquee takes. */
import { expect, test } from "vitest";
import { takenBy } from "../../src/map/gestures/marquee";
import { worldOf } from "./scenes";

const world = worldOf({ a: [0, 0], b: [1, 0], c: [2, 0] }, ["a>b", "b>c"]);
const ids = (box: Parameters<typeof takenBy>[1]) => {
  const { cards, links } = takenBy(world, box);
  return { cards: [...cards], links: [...links] };
};

test("cards that it touches, and the links between them", () => {
  expect(ids({ left: 240, right: 360, top: 10, bottom: 20 })).toEqual({ cards: ["a", "b"], links: [] });
  expect(ids({ left: 0, right: 600, top: 0, bottom: 64 })).toEqual({ cards: ["a", "b"], links: ["a>b"] });
});

test("a link that lies in it alone", () => {
  expect(ids({ left: 249, right: 351, top: -5, bottom: 70 }).links).toEqual(["a>b"]);
});

test("nothing on empty ground", () => {
  expect(ids({ left: 0, right: 40, top: 200, bottom: 300 })).toEqual({ cards: [], links: [] });
});
