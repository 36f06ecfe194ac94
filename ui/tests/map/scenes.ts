/** Small maps for tests: cards by name, column and place. */
import type { IconNode } from "../../src/kit/channelIcon";
import type { LinkFacts, SceneCard, SceneChange } from "../../src/map/scene";
import { TextMeasure } from "../../src/map/text";
import { World } from "../../src/map/world";

const icon: IconNode = [];
const columnWidth = 300;

export function columns(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    stage: `s${index}`,
    x: index * columnWidth,
    width: columnWidth,
  }));
}

type Place = readonly [column: number, top: number];

export function cardAtPlace(id: string, [column, top]: Place): SceneCard {
  return {
    id,
    x: column * columnWidth + 50,
    y: top,
    width: 200,
    height: 64,
    name: id,
    cta: "",
    stage: `s${column}`,
    kind: "direct",
    stopped: false,
    icon,
    audiences: [],
    pinned: false,
    noted: false,
    badge: id.startsWith("gap") ? { severity: "high", count: 1 } : null,
  };
}

export function linkFacts(id: string, given: Partial<LinkFacts> = {}): LinkFacts {
  const [from = "", to = ""] = id.split(">");
  return { id, from, to, label: "", points: [], ...given };
}

export const noChange: SceneChange = {
  fresh: false,
  cards: [],
  removedCards: [],
  links: [],
  removedLinks: [],
  columns: null,
  lanes: null,
};

/** `cards`: id → [column, top]. `links`: "a>b", or facts. */
export function worldOf(cards: Record<string, Place>, links: readonly (string | LinkFacts)[] = []): World {
  const world = new World(new TextMeasure((text) => text.length * 6), "11px x");
  world.apply({
    ...noChange,
    fresh: true,
    cards: Object.entries(cards).map(([id, place]) => cardAtPlace(id, place)),
    links: links.map((link) => (typeof link === "string" ? linkFacts(link) : link)),
    columns: columns(4),
  });
  return world;
}
