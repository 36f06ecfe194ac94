/**
 * Moving cards by key, a step at a time. Presses that follow each other are one move: the cards show where they are
 * going at once, and are put there as one step when the hand pauses.
 */
import { canvasDoor, type Point } from "../state/canvas.svelte";
import { layout } from "../state/layout.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { moveTouchpoints, placedByHand } from "./edit";

/** Map units: two lines of the grid. */
const step = 8;
/** Milliseconds without a press after which the hand has paused. */
const pause = 300;
/** A card keeps this far from the edge of its column. */
const margin = 4;

type Nudged = { ids: readonly string[]; dx: number; dy: number; timer: ReturnType<typeof setTimeout> };
let held: Nudged | null = null;

export function canNudge(): boolean {
  return session.canEdit && placedByHand() && selection.touchpoints.size > 0;
}

export function isNudging(): boolean {
  return held !== null;
}

export function nudge(across: -1 | 0 | 1, down: -1 | 0 | 1): void {
  const ids = [...selection.touchpoints];
  if (held !== null && held.ids.join() !== ids.join()) void settleNudge();
  const before = held;
  if (before === null) listen();
  else clearTimeout(before.timer);
  held = {
    ids,
    dx: withinColumns(ids, (before?.dx ?? 0) + across * step),
    dy: (before?.dy ?? 0) + down * step,
    timer: setTimeout(() => void settleNudge(), pause),
  };
  canvasDoor.current?.carry(places(held));
}

/** Whatever the hand does next, or leaving the window, ends a nudge: behind another map or a reading it would be lost. */
const endings = ["pointerdown", "blur", "pagehide"] as const;
const end = () => void settleNudge();

function listen(): void {
  for (const ending of endings) window.addEventListener(ending, end, { capture: true });
}

function stopListening(): void {
  for (const ending of endings) window.removeEventListener(ending, end, { capture: true });
}

/** Puts nudged cards where they were going, now. Whatever takes a step back, or leads off the map, waits for it. */
export async function settleNudge(): Promise<void> {
  const nudged = held;
  if (nudged === null) return;
  clearTimeout(nudged.timer);
  stopListening();
  held = null;
  const positions = new Map([...places(nudged)].map(([id, { x, y }]) => [id, [x, y] as const]));
  canvasDoor.current?.settle();
  await moveTouchpoints(nudged.ids, { positions });
}

function places({ ids, dx, dy }: Nudged): Map<string, Point> {
  const moved = new Map<string, Point>();
  for (const id of ids) {
    const card = layout.card(id);
    if (card) moved.set(id, { x: Math.round(card.x + dx), y: Math.round(card.y + dy) });
  }
  return moved;
}

/**
 * How far the cards can go across together, so that they keep their places to each other and the way back begins with
 * the next press. A card that is over its edge already goes no farther out.
 */
function withinColumns(ids: readonly string[], dx: number): number {
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const id of ids) {
    const card = layout.card(id);
    const column = layout.column(project.touchpoint(id)?.stage ?? null);
    if (!card || !column) continue;
    least = Math.max(least, Math.min(0, column.x + margin - card.x));
    most = Math.min(most, Math.max(0, column.x + column.width - layout.cardWidth - margin - card.x));
  }
  return Math.max(least, Math.min(dx, most));
}
