/** What a marquee takes: the cards it touches, and the links that lie in it or between cards it takes. Pure. */
import type { Box, SceneLink } from "../scene";
import type { World } from "../world";

export type Taken = { cards: ReadonlySet<string>; links: ReadonlySet<string> };

export function takenBy(world: World, box: Box): Taken {
  const cards = new Set(world.cards.query(box));
  const links = new Set<string>();
  for (const link of world.links.things(box))
    if (within(link, box) || (cards.has(link.from) && cards.has(link.to))) links.add(link.id);
  return { cards, links };
}

function within({ box: inner }: SceneLink, outer: Box): boolean {
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  );
}
