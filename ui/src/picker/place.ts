/** Where the picker stands: on the side of the card that the new touchpoint will be on, always inside the window. */
import type { Canvas, Point, ScreenRectangle } from "../state/canvas.svelte";
import type { PickerRequest } from "../state/intentions.svelte";

const size = { width: 312, height: 384 };
const distance = 14;
const margin = 12;

export function placePicker(request: PickerRequest, canvas: Canvas | null): Point {
  const wanted = request.at ?? besideCard(request, canvas) ?? centre();
  return {
    x: clamp(wanted.x, margin, window.innerWidth - size.width - margin),
    y: clamp(wanted.y, margin, window.innerHeight - size.height - margin),
  };
}

function besideCard({ anchor, direction, mode }: PickerRequest, canvas: Canvas | null): Point | null {
  const card = anchor === null ? null : (canvas?.screenRectangle(anchor) ?? null);
  if (!card) return null;
  if (mode === "link") return outOfTheWay(card);
  if (direction === "upstream") return { x: card.x - size.width - distance, y: card.y };
  if (direction === "downstream") return { x: card.x + card.width + distance, y: card.y };
  return { x: card.x, y: card.y + card.height + distance };
}

/** Cards are looked for with the eye: the picker stays off the ground that the link would cross. */
function outOfTheWay(card: ScreenRectangle): Point {
  const x = Math.max(margin, card.x - size.width - distance);
  return { x, y: x + size.width > card.x ? card.y + card.height + distance : card.y };
}

function centre(): Point {
  return { x: (window.innerWidth - size.width) / 2, y: window.innerHeight * 0.2 };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
