/** Where a gap's menu opens: beside what the planner is looking at. It only measures. */

import type { GapView } from "../ipc";
import { canvasDoor } from "../state/canvas.svelte";

type Anchor = { getBoundingClientRect(): DOMRect };

/** The gap's card in the list when the keyboard is there; else its touchpoint on the map; else the centre's upper part. */
export function fixPlace(gap: GapView, focus: Element | null): Anchor {
  const side = document.querySelector<HTMLElement>('[data-pane="side"]');
  const card = side?.querySelector<HTMLElement>(`article[data-gap="${CSS.escape(gap.key)}"]`) ?? null;
  const inList = side?.contains(focus) ?? false;
  const rectangle =
    (inList ? visible(card, side) : null) ??
    onMap(gap) ??
    visible(card, side) ??
    middleOf(document.querySelector("main"));
  return { getBoundingClientRect: () => rectangle };
}

function visible(element: HTMLElement | null, within: HTMLElement | null): DOMRect | null {
  if (!element || !within) return null;
  const [inner, outer] = [element.getBoundingClientRect(), within.getBoundingClientRect()];
  return inner.bottom > outer.top && inner.top < outer.bottom ? inner : null;
}

function onMap(gap: GapView): DOMRect | null {
  const door = canvasDoor.inView ? canvasDoor.current : null;
  const map = document.querySelector("main")?.getBoundingClientRect();
  if (!door || !map) return null;
  for (const id of gap.touchpoints) {
    const card = door.screenRectangle(id);
    if (!card) continue;
    const inside = card.x < map.right && card.x + card.width > map.left && card.y < map.bottom && card.y > map.top;
    if (inside) return new DOMRect(card.x, card.y, card.width, card.height);
  }
  return null;
}

function middleOf(element: Element | null): DOMRect {
  const box = element?.getBoundingClientRect() ?? new DOMRect(0, 0, window.innerWidth, window.innerHeight);
  return new DOMRect(box.left + box.width / 2 - 160, box.top + box.height / 4, 320, 0);
}
