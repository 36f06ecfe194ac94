/**
 * Moving cards by key, a step at a time. Presses that follow each other are one move: the cards show where they are
 * going at once, and are put there as one step when the hand pauses.
 */
import { canvasDoor, type Point } from "../state/canvas.svelte";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { moveTouchpoints } from "./edit";

/** Map units: two lines of the grid. */
const step = 8;
/** Milliseconds without a press after which the hand has paused. */
const pause = 300;
/** A card keeps this far from the edge of its column. */
const margin = 4;

type Nudged = { ids: readonly string[]; dx: number; dy: number; timer: ReturnType<typeof setTimeout> };
let held: Nudged | null = null;

export function canNudge(): boolean {
  return session.canEdit && selection.touchpoints.size > 0;
}

export function isNudging(): boolean {
  return held !== null;
}

export function nudge(across: -1 | 0 | 1, down: -1 | 0 | 1): void {
  const ids = [...selection.touchpoints];
  if (held !== null && held.ids.join() !== ids.join()) void settleNudge();
  const before = held;
  if (before !== null) clearTimeout(before.timer);
  held = {
    ids,
    dx: (before?.dx ?? 0) + across * step,
    dy: (before?.dy ?? 0) + down * step,
    timer: setTimeout(() => void settleNudge(), pause),
  };
  canvasDoor.current?.carry(places(held));
}

/** Puts nudged cards where they were going, now. Whatever takes a step back waits for it. */
export async function settleNudge(): Promise<void> {
  const nudged = held;
  if (nudged === null) return;
  clearTimeout(nudged.timer);
  held = null;
  const positions = new Map([...places(nudged)].map(([id, { x, y }]) => [id, [x, y] as const]));
  canvasDoor.current?.settle();
  await moveTouchpoints(nudged.ids, { positions });
}

function places({ ids, dx, dy }: Nudged): Map<string, Point> {
  const moved = new Map<string, Point>();
  for (const id of ids) {
    const card = layout.card(id);
    if (card) moved.set(id, { x: withinColumn(id, card.x + dx), y: Math.round(card.y + dy) });
  }
  return moved;
}

function withinColumn(id: string, x: number): number {
  const column = layout.column(project.touchpoint(id)?.stage ?? null);
  if (!column) return Math.round(x);
  const most = column.x + column.width - layout.cardWidth - margin;
  return Math.round(Math.max(column.x + margin, Math.min(x, most)));
}
