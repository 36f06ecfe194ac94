import { expect, test } from "vitest";
import { edgeReach, hides, ringReach } from "../../src/map/labels";
import { grow, type SceneCard, touches } from "../../src/map/scene";
import { TextMeasure } from "../../src/map/text";
import { World } from "../../src/map/world";
import { cardAtPlace, columns, linkFacts, noChange } from "./scenes";

const words = ["Call now", "Take the experience", "Visit the site", "Find the nearest shop and book a seat there"];

/** The same numbers for the same seed (a linear congruence of Park and Miller). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** A map with narrow gaps: cards close to each other in four columns, badges, doubled edges, links through gaps. */
function crowded(seed: number): World {
  const next = chance(seed);
  const cards: SceneCard[] = [];
  for (let column = 0; column < 4; column++)
    for (let top = next() * 40; top < 700; top += 64 + 12 + Math.floor(next() * 3) * 12)
      cards.push({
        ...cardAtPlace(`c${cards.length}`, [column, top]),
        kind: next() < 0.3 ? "ultimate" : "direct",
        badge: next() < 0.6 ? { severity: "medium", count: 1 + Math.floor(next() * 12) } : null,
        contested: next() < 0.2,
      });
  const pick = () => cards[Math.floor(next() * cards.length)] as SceneCard;
  const links = Array.from({ length: 40 }, (_, at) => {
    const [from, to] = [pick(), pick()];
    const passing = Math.abs(to.x - from.x) > 300;
    const points = passing ? [[(from.x + to.x) / 2 + 100, pick().y - 12] as const] : [];
    const label = words[at % words.length] as string;
    return linkFacts(`${from.id}>${to.id}`, { id: `l${at}`, from: from.id, to: to.id, label, points });
  });
  const world = new World(new TextMeasure((text) => text.length * 6), "11px x");
  world.apply({ ...noChange, fresh: true, cards, links, columns: columns(4) });
  while (world.labels.waiting) world.labels.work();
  return world;
}

const seeds = Array.from({ length: 40 }, (_, at) => at * 7919 + 1);

test("words of links touch no card, no badge and no other words", () => {
  let placed = 0;
  for (const seed of seeds) {
    const world = crowded(seed);
    const labels = [...world.scene.links.keys()].flatMap((id) => world.labels.get(id) ?? []);
    placed += labels.length;
    for (const label of labels) {
      for (const card of world.scene.cards.values())
        expect(hides(grow(label.box, -3), card, edgeReach), `${label.text} on ${card.id}, seed ${seed}`).toBe(false);
      for (const other of labels)
        if (other !== label) expect(touches(other.box, label.box), `${label.text}, ${other.text}`).toBe(false);
    }
  }
  expect(placed).toBeGreaterThan(seeds.length * 5);
});

test.each([true, false])("words in the hand keep clear of rings and of each other; others are seen: %s", (seen) => {
  let placed = 0;
  for (const seed of seeds) {
    const world = crowded(seed);
    const links = [...world.scene.links.keys()].slice(0, 6);
    const labels = world.labels.inHand(links, "20px x", 20, seen);
    placed += labels.length;
    for (const label of labels) {
      const reach = label.font === null ? edgeReach : ringReach;
      for (const card of world.scene.cards.values())
        expect(hides(grow(label.box, -3), card, reach), `${label.text} on ${card.id}, seed ${seed}`).toBe(false);
      for (const other of labels) if (other !== label) expect(touches(other.box, label.box)).toBe(false);
    }
  }
  expect(placed).toBeGreaterThan(seeds.length);
});

test("words make way for a badge that comes, and use the room when it has gone", () => {
  const world = new World(new TextMeasure((text) => text.length * 6), "11px x");
  const low = { ...cardAtPlace("low", [1, 100]), width: 60, x: 440 };
  const facts = linkFacts("a>b", { label: "Call now", points: [] });
  const ends = [cardAtPlace("a", [0, 54]), cardAtPlace("b", [2, 54])];
  world.apply({ ...noChange, fresh: true, cards: [...ends, low], links: [facts], columns: columns(4) });
  const before = world.labels.get("a>b");
  expect(before).toBeDefined();
  const badged: SceneCard = { ...low, x: (before?.x ?? 0) - 55, badge: { severity: "low", count: 3 } };
  world.apply({ ...noChange, cards: [badged] });
  const after = world.labels.get("a>b");
  expect(after === undefined || !hides(grow(after.box, -3), badged, edgeReach)).toBe(true);
  world.apply({ ...noChange, removedCards: ["low"] });
  expect(world.labels.get("a>b")).toBeDefined();
});
