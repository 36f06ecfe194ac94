/** A large map is shown before all its links have curves: whoever asks for a part of it first, all comes out the same. */
import { expect, test } from "vitest";
import { type Box, cardBox, type SceneCard } from "../../src/map/scene";
import { SpatialIndex } from "../../src/map/spatialIndex";
import { Wiring } from "../../src/map/wiring";
import type { World } from "../../src/map/world";
import { cardAtPlace, columns, linkFacts, noChange, worldOf } from "./scenes";

const everywhere: Box = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };
const rows = 30;
const name = (column: number, row: number) => `${column}/${row % rows}`;

/** Forward, back, past a column, within one, to itself, and some twice. */
function large(elsewhere: Record<string, readonly [number, number]> = {}): World {
  const places = Array.from({ length: 4 * rows }, (_, at) => [Math.floor(at / rows), at % rows] as const);
  const cards = Object.fromEntries(places.map(([column, row]) => [name(column, row), [column, row * 88] as const]));
  const links = places.flatMap(([column, row]) => [
    linkFacts(`${name(column, row)}>${name((column + 1) % 4, row * 7)}`, { label: "Come and see" }),
    linkFacts(`${name(column, row)}>${name(column, row + 1)}`, { label: "Go on" }),
    linkFacts(`${name(column, row)}>${name(column, row + 5)}`),
  ]);
  const again = links.slice(0, 20).map(({ id, from, to }) => linkFacts(`${id} again`, { from, to }));
  const past = places
    .filter(([column]) => column === 0)
    .map(([, row]) => linkFacts(`0/${row}>2/${row}`, { points: [[450, row * 88 - 12]] }));
  const itself = linkFacts("0/0>0/0");
  return worldOf({ ...cards, ...elsewhere }, [...links, ...again, ...past, itself]);
}

const curves = (world: World) => new Map([...world.scene.links].map(([id, { curve }]) => [id, curve] as const).sort());
const words = (world: World) =>
  world.labels
    .within(everywhere)
    .map(({ link, x, y }) => `${link} ${x} ${y}`)
    .sort();

function atRest(world: World): World {
  world.catchUp();
  while (world.labels.waiting) world.labels.work();
  return world;
}

test("a part that is asked for is there, with all of its curves, and not the whole", () => {
  const [whole, world] = [atRest(large()), large()];
  const part: Box = { left: 200, top: 500, right: 500, bottom: 700 };
  world.ready(part);
  expect(world.waiting).toBe(true);
  const ids = (of: World) => of.links.query(part).sort();
  expect(ids(world)).toEqual(ids(whole));
  for (const id of ids(world)) expect(world.scene.links.get(id)).toEqual(whole.scene.links.get(id));
});

test("whatever is looked at first, curves and words come out the same", () => {
  const [whole, world] = [atRest(large()), large()];
  for (const top of [2000, 0, 900]) world.ready({ left: 100, top, right: 700, bottom: top + 200 });
  atRest(world);
  expect(curves(world)).toEqual(curves(whole));
  expect(words(world)).toEqual(words(whole));
  expect(words(world).length).toBeGreaterThan(20);
});

test("no curve leaves the room that the map is said to have", () => {
  const world = large();
  const { left, top, right, bottom } = world.content as Box;
  atRest(world);
  for (const { box } of world.scene.links.values())
    expect(box.left >= left && box.top >= top && box.right <= right && box.bottom <= bottom).toBe(true);
});

test("words come when all links have been looked at already", () => {
  const [whole, world] = [atRest(large()), large()];
  world.ready(everywhere);
  expect(world.waiting).toBe(true);
  atRest(world);
  expect(world.waiting).toBe(false);
  expect(words(world)).toEqual(words(whole));
});

test("whoever catches up is told where words have come", () => {
  const world = large();
  const places = world.catchUp();
  while (world.labels.waiting) places.push(...world.labels.work());
  expect(places).toHaveLength(words(world).length);
});

test("an edit of a map just opened leads where opening the edited map does", () => {
  const to = [1, 3000] as const;
  const moved = { ...noChange, cards: [cardAtPlace(name(1, 3), to)], columns: columns(4) };
  const [early, late] = [large(), atRest(large())];
  early.apply(moved);
  late.apply(moved);
  const edited = large({ [name(1, 3)]: to });
  edited.catchUp();
  expect(curves(early)).toEqual(curves(edited));
  expect(curves(late)).toEqual(curves(edited));
});

test("the first edit of a map just opened routes anew what hangs on its card and on the cards linked to it, no more", () => {
  const { cards } = large().scene;
  const ids = [...cards.keys()];
  const index = new SpatialIndex<SceneCard>();
  for (const card of cards.values()) index.set(card.id, cardBox(card), card);
  const wiring = new Wiring(cards, index);
  const facts = ids.flatMap((id, at) => [1, 31, 37].map((step) => linkFacts(`${id}>${ids[(at + step) % ids.length]}`)));
  wiring.begin(facts);
  for (const link of wiring.links) wiring.route(link);
  const touched = wiring.settle([ids[40] as string], []);
  expect(touched.size).toBeGreaterThanOrEqual(6);
  expect(touched.size).toBeLessThan(facts.length / 4);
});
