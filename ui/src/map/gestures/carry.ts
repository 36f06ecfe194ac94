/** Cards in the hand: where they would rest, and the moves a drop makes. Plain arithmetic on the scene. */
import { columnAt, laneAt, type Point, type Scene, type SceneCard } from "../scene";
import type { World } from "../world";
import { type Rest, rest } from "./snapping";

type Carry = { ids: readonly string[]; lead: string; free: boolean; start: Point } & ({ at: Point } | { end: Point });

export type Landing = { id: string; x: number; y: number; stage: string | null };

export function restFor(world: World, carry: Carry, zoom: number): Rest {
  const lead = world.scene.cards.get(carry.lead);
  if (lead === undefined) return { dx: 0, dy: 0, guides: [], column: null };
  const to = "at" in carry ? carry.at : carry.end;
  const shift = { x: to.x - carry.start.x, y: to.y - carry.start.y };
  return rest(world.scene, world.cards, new Set(carry.ids), lead, shift, zoom, carry.free);
}

export function carried(scene: Scene, ids: readonly string[], by: Rest): Map<string, SceneCard> {
  const cards = new Map<string, SceneCard>();
  for (const id of ids) {
    const card = scene.cards.get(id);
    if (card !== undefined) cards.set(id, { ...card, x: card.x + by.dx, y: card.y + by.dy });
  }
  return cards;
}

/** The lane that the pressed card is over, by its place in the list, when it is another than its own; null: its own, or none. */
export function otherLane(scene: Scene, lead: string, held: ReadonlyMap<string, SceneCard>): number | null {
  const [before, now] = [scene.cards.get(lead), held.get(lead)];
  if (before === undefined || now === undefined || scene.lanes.length === 0) return null;
  const lane = laneAt(scene.lanes, now.y + now.height / 2);
  return lane === laneAt(scene.lanes, before.y + before.height / 2) ? null : lane;
}

/** Where each card came down, on whole units, and the stage of the column under its middle. */
export function landings(scene: Scene, cards: Iterable<SceneCard>): Landing[] {
  return [...cards].map((card) => ({
    id: card.id,
    x: Math.round(card.x),
    y: Math.round(card.y),
    stage: columnAt(scene.columns, card.x + card.width / 2)?.stage ?? card.stage,
  }));
}
