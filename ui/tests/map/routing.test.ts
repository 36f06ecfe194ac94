/** Where links run, and that a change routes again what it touches and nothing else. */
import { describe, expect, test } from "vitest";
import { linkTouches } from "../../src/map/geometry";
import { cardBox, grow, type SceneLink } from "../../src/map/scene";
import { cardAtPlace, linkFacts, noChange, worldOf } from "./scenes";

const through = (id: string, ...points: [number, number][]) => linkFacts(id, { points });
const heights = (link: SceneLink) => new Set(link.curve.filter((_, place) => place % 2 === 1));

describe("curves", () => {
  const world = worldOf({ a: [0, 0], wall: [1, 0], wall2: [1, 88], far: [2, 0], below: [0, 300], under: [0, 88] }, [
    "a>wall",
    through("a>far", [450, 76]),
    through("far>a", [450, 76]),
    "a>below",
    "a>under",
    "wall>below",
    "under>wall2",
    "far>far",
  ]);
  const link = (id: string) => world.scene.links.get(id) as SceneLink;

  test("a forward link leaves on the right and arrives on the left", () => {
    const { curve, course } = link("a>wall");
    expect(course).toBe("forward");
    expect([curve[0], curve.at(-2)]).toEqual([250, 350]);
  });

  test("a link back leaves on the left and arrives on the right", () => {
    const { curve, course } = link("wall>below");
    expect(course).toBe("back");
    expect([curve[0], curve.at(-2)]).toEqual([350, 250]);
  });

  test("a link keeps clear of the cards of a column it passes", () => {
    for (const id of ["a>far", "far>a"])
      for (const wall of ["wall", "wall2"]) {
        const card = world.scene.cards.get(wall);
        expect(card && linkTouches(link(id), grow(cardBox(card), -1))).toBe(false);
      }
  });

  test("links between the same two cards run beside each other", () => {
    const [there, back] = [heights(link("a>far")), heights(link("far>a"))];
    expect([...there].filter((y) => back.has(y))).toEqual([]);
  });

  test("cards on one row are joined by a straight line", () => {
    expect([...heights(link("under>wall2"))]).toEqual([120]);
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

  test("a link from a card to itself can be seen", () => {
    expect(link("far>far").box.top).toBeLessThan(0);
  });

  test("a moved end is followed, and places behind it are left out", () => {
    const a = cardAtPlace("a", [0, 500]);
    const beyond = cardAtPlace("a", [1, 500]);
    expect(world.routeOf("a>wall", new Map([["a", a]]))?.curve[1]).toBeGreaterThan(500);
    expect(world.routeOf("a>far", new Map([["a", beyond]]))?.curve).toHaveLength(8);
  });
});

test("a level way over several columns is one straight line", () => {
  const world = worldOf({ a: [0, 0], b: [3, 0] }, [through("a>b", [450, 32], [750, 32])]);
  expect(world.scene.links.get("a>b")?.curve).toHaveLength(8);
});

describe("a change", () => {
  const cards = { a: [0, 0], b: [1, 0], c: [2, 0], d: [2, 200], e: [3, 0] } as const;
  const links = ["a>b", "b>c", "b>d", "d>e"];

  test("routes the links of what moved, and leaves the others as they are", () => {
    const world = worldOf(cards, links);
    const before = new Map(world.scene.links);
    const { dirty, moved } = world.apply({ ...noChange, cards: [cardAtPlace("c", [2, 100])] });
    expect(moved.map(({ id, y }) => [id, y])).toEqual([["c", 0]]);
    expect(dirty?.length).toBeGreaterThan(0);
    expect(world.scene.links.get("b>c")).not.toBe(before.get("b>c"));
    expect(world.scene.links.get("a>b")).toBe(before.get("a>b"));
    expect(world.scene.links.get("d>e")).toBe(before.get("d>e"));
  });

  test("of places alone gives the link another way", () => {
    const world = worldOf({ a: [0, 0], b: [2, 0] }, ["a>b"]);
    world.apply({ ...noChange, links: [through("a>b", [450, 90])] });
    expect(world.scene.links.get("a>b")?.box.bottom).toBe(90);
  });

  test("that changes nothing marks nothing", () => {
    const world = worldOf(cards, links);
    expect(world.apply({ ...noChange, links: [linkFacts("a>b")] }).dirty).toEqual([]);
  });

  test("a card that comes between two others bends their link", () => {
    const world = worldOf({ a: [0, 0], b: [0, 300] }, ["a>b"]);
    expect(world.scene.links.get("a>b")?.box.right).toBe(150);
    world.apply({ ...noChange, cards: [cardAtPlace("c", [0, 150])] });
    expect(world.scene.links.get("a>b")?.box.right).toBeGreaterThan(250);
    world.apply({ ...noChange, removedCards: ["c"] });
    expect(world.scene.links.get("a>b")?.box.right).toBe(150);
  });

  test("what is gone is gone from everywhere, and the box shrinks", () => {
    const world = worldOf(cards, links);
    world.apply({ ...noChange, removedCards: ["d"], removedLinks: ["b>d", "d>e"] });
    expect([...world.scene.links.keys()]).toEqual(["a>b", "b>c"]);
    expect(world.scene.linksOf.get("e")).toBeUndefined();
    expect(world.box?.bottom).toBe(64);
    expect(world.links.query({ left: 0, right: 2000, top: -99, bottom: 999 }).sort()).toEqual(["a>b", "b>c"]);
  });

  test("many changes in a row come to the same as the last state at once", () => {
    const world = worldOf(cards, links);
    for (let round = 0; round < 30; round++) {
      const id = "abcde"[round % 5] as keyof typeof cards;
      world.apply({ ...noChange, cards: [cardAtPlace(id, [cards[id][0], (round * 53) % 400])] });
    }
    world.apply({ ...noChange, cards: Object.entries(cards).map(([id, place]) => cardAtPlace(id, place)) });
    const straight = worldOf(cards, links);
    for (const id of links) expect(world.scene.links.get(id)?.curve).toEqual(straight.scene.links.get(id)?.curve);
    expect(world.box).toEqual(straight.box);
  });
});
