import { expect, test } from "vitest";
import { edgeReach, type Hand, hides, mostInHand, ringReach } from "../../src/map/labels";
import type { Brush } from "../../src/map/painter/brush";
import { handLabel } from "../../src/map/painter/links";
import { type Box, grow, type SceneCard, touches } from "../../src/map/scene";
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

const everywhere: Box = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };

function handAt(scale: number, given: Partial<Hand> = {}): Hand {
  return { font: `${scale * 13}px x`, measured: "13px x", scale, seen: true, legible: true, ...given };
}

/** Two cards side by side with a link between them, and more cards. */
function narrowed(label: string, gap: number, more: readonly SceneCard[] = []): World {
  const world = new World(new TextMeasure((text) => text.length * 6), "11px x");
  const cards = [cardAtPlace("a", [0, 54]), { ...cardAtPlace("b", [0, 54]), x: 250 + gap }, ...more];
  const links = [linkFacts("a>b", { label, points: [] })];
  world.apply({ ...noChange, fresh: true, cards, links, columns: columns(4) });
  return world;
}

/** A map with narrow gaps: cards close to each other in four columns, badges, doubled edges, links through gaps. */
function crowded(seed: number, text = new TextMeasure((words) => words.length * 6)): World {
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
  const world = new World(text, "11px x");
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
    const links = new Set([...world.scene.links.keys()].slice(0, 6));
    const labels = world.labels.inHand(links, handAt(1.5, { seen }), everywhere);
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

/** Cards in one column with a link from the first to the last of them. */
function inColumn(label: string, tops: readonly number[]): World {
  const world = new World(new TextMeasure((text) => text.length * 6), "11px x");
  const cards = tops.map((top, at) => cardAtPlace(at === 0 ? "a" : at + 1 === tops.length ? "b" : `c${at}`, [0, top]));
  world.apply({
    ...noChange,
    fresh: true,
    cards,
    links: [linkFacts("a>b", { label, points: [] })],
    columns: columns(4),
  });
  return world;
}

test("words of a link straight down leave its line and arrowhead free", () => {
  const world = inColumn("Visit the site", [54, 142]);
  const label = world.labels.get("a>b");
  expect(label?.text).toBe("Visit the site");
  const curve = world.scene.links.get("a>b")?.curve as readonly number[];
  expect(label?.box.left).toBeGreaterThan((curve[0] as number) + 4);
});

test("words of a link that bows out of a column lie on it, beside its cards and within the column where they can", () => {
  const right = (world: World) => Math.max(...[...world.scene.cards.values()].map((card) => card.x + card.width));
  const short = inColumn("Call now", [54, 142, 230]);
  const label = short.labels.get("a>b");
  expect(label?.text).toBe("Call now");
  expect(label?.box.left).toBeGreaterThan(right(short));
  expect(label?.box.right).toBeLessThan(right(short) + 64);
  const long = inColumn("Take the experience", [54, 142, 230]);
  const whole = long.labels.get("a>b");
  expect(whole?.text).toBe("Take the experience");
  const apex = Math.max(...(long.scene.links.get("a>b")?.boxes.filter((_, at) => at % 4 === 2) ?? []));
  expect(whole?.box.left).toBeGreaterThan(right(long));
  expect(whole?.box.left).toBeLessThan(apex);
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

test("words in the hand stand where they stand, whatever of the map is in the window", () => {
  for (const seed of seeds.slice(0, 10)) {
    const world = crowded(seed);
    const links = new Set(world.scene.links.keys());
    const hand = handAt(1.2, { seen: false });
    const all = world.labels.inHand(links, hand, everywhere);
    for (const left of [0, 310, 620, 930]) {
      const window = { left, right: left + 300, top: 100, bottom: 500 };
      const again = crowded(seed).labels.inHand(links, hand, window);
      expect(again).toEqual(all.filter((label) => touches(label.box, window)));
      expect(world.labels.inHand(new Set(links), hand, window)).toEqual(again);
    }
  }
});

test("the words of a crowd in the hand stay where they rest, and only where they can be read", () => {
  const world = new World(new TextMeasure((text) => text.length * 6), "11px x");
  const cards: SceneCard[] = [];
  const links = Array.from({ length: mostInHand + 1 }, (_, at) => {
    cards.push(cardAtPlace(`a${at}`, [0, at * 90]), cardAtPlace(`b${at}`, [2, at * 90]));
    return linkFacts(`a${at}>b${at}`, { label: "Call now" });
  });
  world.apply({ ...noChange, fresh: true, cards, links, columns: columns(4) });
  while (world.labels.waiting) world.labels.work();
  const crowd = new Set(world.scene.links.keys());
  const window = { left: 0, right: 900, top: 0, bottom: 400 };
  const labels = world.labels.inHand(crowd, handAt(2), window);
  expect(labels.length).toBeGreaterThan(2);
  for (const label of labels) expect(label).toEqual({ ...world.labels.get(label.link), font: null });
  expect(labels).toHaveLength(world.labels.within(window).length);
  expect(world.labels.inHand(crowd, handAt(2, { legible: false }), window)).toEqual([]);
  crowd.delete("a0>b0");
  expect(world.labels.inHand(crowd, handAt(1.1), window)[0]?.font).toBe(handAt(1.1).font);
});

test("zooming measures no words in the hand anew, and sets them in few sizes that can be read", () => {
  let measured = 0;
  const text = new TextMeasure((words) => {
    measured += 1;
    return words.length * 6;
  });
  const world = crowded(1, text);
  const theme = { weight: { normal: "400", medium: "500", strong: "600" }, size: { tiny: 11 }, family: "x" };
  const links = new Set([...world.scene.links.keys()]);
  const fonts = new Set<string>();
  const hands = Array.from({ length: 400 }, (_, at) => {
    const zoom = 0.2 + at * 0.0005;
    return { zoom, hand: handLabel({ theme, zoom, detail: "small" } as unknown as Brush, 40) };
  });
  for (const { zoom, hand } of hands) {
    fonts.add(hand.font);
    expect(hand.scale * 13.2 * zoom).toBeGreaterThanOrEqual(10.5 - 1e-3);
    expect(hand.scale * 13.2 * zoom).toBeLessThan(10.5 * 1.06);
    world.labels.inHand(links, hand, everywhere);
  }
  expect(fonts.size).toBeLessThanOrEqual(14);
  measured = 0;
  for (const { hand } of hands) world.labels.inHand(links, hand, everywhere);
  expect(measured).toBe(0);
});

test("from far away words in the hand are as whole as from near, or left out", () => {
  const far = narrowed("Visit the site", 4000).labels.inHand(new Set(["a>b"]), handAt(8, { seen: false }), everywhere);
  expect(far.map(({ text }) => text)).toEqual(["Visit the site"]);
  for (let gap = 40; gap < 1200; gap += 40) {
    const hand = handAt(8, { seen: false });
    for (const { text } of narrowed("Visit the site", gap).labels.inHand(new Set(["a>b"]), hand, everywhere))
      expect(text.replace(/\P{L}/gu, "").length, `${text} in ${gap}`).toBeGreaterThanOrEqual(3);
  }
  const wide = new World(new TextMeasure((text) => text.length * 30), "11px x");
  wide.apply({
    ...noChange,
    fresh: true,
    cards: [cardAtPlace("a", [0, 54]), cardAtPlace("b", [2, 54])],
    links: [linkFacts("a>b", { label: "Visit the site" }), linkFacts("b>a", { label: "Go" })],
    columns: columns(4),
  });
  for (const { text } of wide.labels.within(everywhere)) expect(text).toMatch(/^(Vis.*…|Go)$/);
});

test.each([
  [180, "Make your plan"],
  // Between the two, the whole words are nearer to the edges than the rings of a selection are.
  [96, "Make your plan"],
  [91, "Make your p…"],
  [79, undefined],
])("at rest words would sooner be near a card than be cut, and be left out than be a stump: %s apart", (gap, text) => {
  expect(narrowed("Make your plan", gap).labels.get("a>b")?.text).toBe(text);
});

test("of long words the beginning is enough, however long they are", () => {
  const label = "Find the nearest shop and book a seat there";
  expect(narrowed(label, 160).labels.get("a>b")?.text).toBe("Find the nearest shop a…");
  expect(narrowed(label, 112).labels.get("a>b")).toBeUndefined();
});

test("words in the hand slide along their link before they are cut, and are cut no more than there is need", () => {
  const label = "Make your plan";
  // Cards above the link leave room for the whole words at one place, between those at which words rest.
  const above = { ...cardAtPlace("above", [0, 20]), height: 52 };
  const inTheWay = [
    { ...above, id: "before", x: 280, width: 84 },
    { ...above, id: "after", x: 469, width: 400 },
  ];
  const hand = handAt(1, { seen: false });
  const [slid] = narrowed(label, 640, inTheWay).labels.inHand(new Set(["a>b"]), hand, everywhere);
  expect(slid?.text).toBe(label);
  const [cut] = narrowed("Make your plan of escape", 150).labels.inHand(new Set(["a>b"]), hand, everywhere);
  expect(cut?.text).toBe("Make your plan of e…");
});

test("words that rest cut short are longer in the hand where they are set smaller", () => {
  const world = narrowed("Make your plan", 91);
  const rests = world.labels.get("a>b");
  expect(rests?.text).toMatch(/…$/);
  const [label] = world.labels.inHand(new Set(["a>b"]), handAt(1 / 1.2), everywhere);
  expect(label).toMatchObject({ text: "Make your plan", x: rests?.x, y: rests?.y });
});

test("longer words in the hand are pushed aside where that gives them room, and hide those that rest", () => {
  const above = { ...cardAtPlace("above", [0, 20]), height: 56, x: 250, width: 8 };
  const world = narrowed("Make a safe plan", 110, [above]);
  const rests = world.labels.get("a>b");
  const [label] = world.labels.inHand(new Set(["a>b"]), handAt(1 / 1.2), everywhere);
  if (rests === undefined || label === undefined) throw new Error("no words");
  expect([rests.text, label.text]).toEqual(["Make a safe…", "Make a safe plan"]);
  const half = { rests: (rests.text.length * 3) / 1.2, hand: (label.text.length * 3) / 1.2 };
  expect(label.x).toBeGreaterThan(rests.x);
  expect(label.x - half.hand).toBeLessThanOrEqual(rests.x - half.rests + 1);
});
