/** How one walks from gap to gap, worst first: the gap is lit, its first touchpoint selected and brought into view. */
import type { GapView } from "../ipc";
import { canvasDoor } from "../state/canvas.svelte";
import { evidence } from "../state/evidence.svelte";
import { gapList } from "../state/gapList.svelte";
import { panes } from "../state/panes.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";

/** Where in the list one stands, also when the gap itself has been closed meanwhile: its successor is there now. */
let place = -1;

export function stepGap(step: -1 | 1): void {
  const list = gapList.walked;
  const index = list.findIndex((gap) => gap.key === evidence.focused);
  const next = index >= 0 ? index + step : step === 1 ? Math.max(0, place) : Math.max(0, place) - 1;
  const gap = list[(next + list.length) % list.length] ?? list[0];
  if (gap) showGap(gap);
}

/** Lights a gap and shows it in the list; what the centre shows stays. */
export function lightGap(gap: GapView): void {
  place = gapList.walked.findIndex((one) => one.key === gap.key);
  panes.tab = "gaps";
  evidence.hovered = null;
  evidence.focused = gap.key;
}

/** Lights a gap and brings what it stands on into view. The Gaps tab comes to the front, the keyboard stays. */
export function showGap(gap: GapView): void {
  lightGap(gap);
  panes.view = "map";
  const there = gap.touchpoints.filter((id) => project.touchpoint(id));
  const [first] = there;
  if (first !== undefined) selection.select(first);
  else selection.clear();
  if (there.length > 0) canvasDoor.current?.reveal(there);
}
