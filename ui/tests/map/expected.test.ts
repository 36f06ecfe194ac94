/** Where a card that has been asked for shows up before the program has answered. */
import { expect, test } from "vitest";
import { expected, type Wish } from "../../src/map/expected";
import { cardAtPlace, worldOf } from "./scenes";

const wish = (stage: number, more: Partial<Wish> = {}): Wish => {
  const { x: _x, y: _y, ...card } = cardAtPlace("new", [stage, 0]);
  return { card, anchor: "a", direction: "upstream", to: ["a"], from: [], ...more };
};
const placeOf = (world: ReturnType<typeof worldOf>, wanted: Wish, ready = null as null | { x: number; y: number }) => {
  const found = expected(world.scene, world.cards, wanted, ready);
  return found && { x: found.card.x, y: found.card.y };
};

test("as high as what it leads to, linked to it", () => {
  const world = worldOf({ a: [1, 200] });
  const found = expected(world.scene, world.cards, wish(0), null);
  expect(found?.card).toMatchObject({ id: "new", x: 50, y: 200 });
  expect(found?.links.map(({ from, to }) => [from, to])).toEqual([["new", "a"]]);
});

test("clear of the cards that stand there", () => {
  const taken = worldOf({ a: [1, 200], b: [0, 180], c: [0, 300] });
  const place = placeOf(taken, wish(0));
  expect(place).toEqual({ x: 50, y: 180 - 12 - 64 });
});

test("beside a sibling; where a new step would be needed nothing is guessed; a slot is its own place", () => {
  const world = worldOf({ a: [1, 200] });
  expect(placeOf(world, wish(1, { direction: "sibling" }))).toEqual({ x: 350, y: 276 });
  expect(placeOf(world, wish(1))).toBeNull();
  expect(placeOf(world, wish(0, { anchor: "gone" }))).toBeNull();
  expect(placeOf(world, wish(0), { x: 7, y: 9 })).toEqual({ x: 7, y: 9 });
});
