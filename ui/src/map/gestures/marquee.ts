/** What a marquee takes: the cards it touches, and the links that lie in it or between cards it takes. Pure. */
import type { Box, SceneLink } from "../scene";
import type { World } from "../world";

export type Taken = { cards: ReadonlySet<string>; links: ReadonlySet<string> };

export function takenBy(world: World, box: Box): Taken {
  const { scene } = world;
  const cards = new Set(world.cards.query(box));
  const links = new Set<string>();
  for (const id of world.links.query(box)) {
    const link = scene.links.get(id);
    if (link !== undefined && (within(link, box) || (cards.has(link.from) && cards.has(link.to)))) links.add(id);
  }
  return { cards, links };
}

function within({ box: inner }: SceneLink, outer: Box): boolean {
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  );
}
