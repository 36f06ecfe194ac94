/** How the arrows reach ready slots: upstream from a touchpoint that nothing leads to yet, and from slot to slot. */
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { slots } from "../state/slots.svelte";
import { goToSlot } from "./nextSlot";
import type { Way } from "./walk";

/** Answers whether the step was among slots. */
export function walkSlots(way: Way): boolean {
  const { current } = slots;
  if (!current) return way === "upstream" && enterSlots();
  if (way === "downstream") slots.standOn(null);
  if (way !== "up" && way !== "down") return way === "downstream" || way === "upstream";
  const group = slots.of(current.anchor);
  const next = group[group.findIndex(({ id }) => id === current.id) + (way === "up" ? -1 : 1)];
  if (next) goToSlot(next);
  return true;
}

function enterSlots(): boolean {
  const anchor = selection.touchpoint;
  if (anchor === null || !slots.visible || project.incoming(anchor).length > 0) return false;
  const [first] = slots.of(anchor);
  if (first) goToSlot(first);
  return first !== undefined;
}
