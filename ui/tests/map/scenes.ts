/** Small scenes for tests: cards by name, column and place. */
import type { IconNode } from "../../src/kit/channelIcon";
import type { Scene } from "../../src/map/scene";
import { buildScene, type LinkFacts, type TouchpointFacts } from "../../src/map/sceneBuilder";

const icon: IconNode = [];
const columnWidth = 300;

export function columns(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    stage: `s${index}`,
    x: index * columnWidth,
    width: columnWidth,
  }));
}

/** `cards`: id → [column, top]. `links`: "a>b". */
export function sceneOf(
  cards: Record<string, readonly [column: number, top: number]>,
  links: readonly string[] = [],
  before?: Scene,
): Scene {
  const touchpoints = Object.entries(cards).map(
    ([id, [column]]): TouchpointFacts => ({
      id,
      name: id,
      cta: "",
      stage: `s${column}`,
      kind: "direct",
      stopped: false,
      icon,
      audiences: [],
      badge: id.startsWith("gap") ? { severity: "high", count: 1 } : null,
    }),
  );
  const facts = links.map((link): LinkFacts => {
    const [from = "", to = ""] = link.split(">");
    return { id: link, from, to, label: "", severity: null };
  });
  const place = (id: string) => {
    const at = cards[id];
    return at && { x: at[0] * columnWidth + 50, y: at[1] };
  };
  return buildScene({ touchpoints, links: facts, columns: columns(4), place, cardWidth: 200, cardHeight: 64 }, before);
}
