/** A generated map for measuring: six stages, two links for each touchpoint, most of them near, some far. Same seed, same map. */
import { channelIconNode } from "../src/kit/channelIcon";
import type { CardKind, GapSeverity, LinkFacts, SceneCard, SceneChange } from "../src/map/scene";

const stages = 6;
const columnWidth = 304;
const rowHeight = 84;
const channels = ["tv", "paid-search", "email", "store", "web-shop", "organic-social", "print", "event"];
const words = [
  "Spring",
  "launch",
  "offer",
  "store",
  "letter",
  "film",
  "guide",
  "visit",
  "reminder",
  "partner",
  "story",
];
const kinds: CardKind[] = ["direct", "indirect", "direct", "indirect", "indirect", "intermediate", "ultimate"];
const severities: (GapSeverity | null)[] = [null, null, null, "low", null, "medium", null, "high"];

export function bigScene(count: number): SceneChange {
  const next = sequence(20_260_101);
  const perStage = Math.ceil(count / stages);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const cards = Array.from({ length: count }, (_, index): SceneCard => {
    const severity = pick(severities);
    return {
      id: `t${index}`,
      x: Math.floor(index / perStage) * columnWidth + 48,
      y: (index % perStage) * rowHeight,
      width: 208,
      height: 64,
      name: `${pick(words)} ${pick(words)} ${pick(words)} ${index}`,
      cta: index % 3 === 0 ? "Book a visit" : "",
      stage: `s${Math.floor(index / perStage)}`,
      kind: pick(kinds),
      stopped: index % 41 === 0,
      icon: channelIconNode(pick(channels)),
      audiences: [index % 3, 3],
      pinned: false,
      noted: false,
      badge: severity === null ? null : { severity, count: 1 + (index % 3) },
    };
  });
  const links = Array.from({ length: count * 2 }, (_, index): LinkFacts => {
    const from = index % count;
    const near = next() < 0.85;
    const row = near ? Math.floor((next() - 0.5) * 12) : Math.floor((next() - 0.5) * perStage);
    const ahead = near ? 1 : Math.floor(next() * 4) - 1;
    const to = Math.min(count - 1, Math.max(0, from + ahead * perStage + row));
    const label = index % 4 === 0 ? "Search the brand" : "";
    const end = to === from ? (to + 1) % count : to;
    const points = passes(from, end, perStage);
    return { id: `l${index}`, from: `t${from}`, to: `t${end}`, label, points };
  });
  return {
    fresh: true,
    cards,
    removedCards: [],
    links,
    removedLinks: [],
    lanes: null,
    columns: Array.from({ length: stages }, (_, index) => ({
      stage: `s${index}`,
      x: index * columnWidth,
      width: columnWidth,
    })),
  };
}

/** Between two rows of each column on the way. */
function passes(from: number, to: number, perStage: number): [number, number][] {
  const [start, end] = [Math.floor(from / perStage), Math.floor(to / perStage)];
  const step = Math.sign(end - start);
  return Array.from({ length: Math.max(0, Math.abs(end - start) - 1) }, (_, index) => [
    (start + step * (index + 1)) * columnWidth + 152,
    (((from % perStage) + (to % perStage)) >> 1) * rowHeight - 10,
  ]);
}

function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
