/** Where a tooltip stands: below what it is about, above where there is no room, always inside the window. Arithmetic. */
type Size = { width: number; height: number };

const distance = 6;
const margin = 8;

/** `x`: the middle that is wished for; `below` and `above`: the edges of what it is about. */
export function placedTip(
  { x, below, above }: { x: number; below: number; above: number },
  { width, height }: Size,
  { innerWidth, innerHeight }: { innerWidth: number; innerHeight: number },
): { left: number; top: number } {
  const left = Math.max(margin, Math.min(x - width / 2, innerWidth - width - margin));
  const top = below + distance;
  return { left, top: top + height > innerHeight - margin ? Math.max(margin, above - distance - height) : top };
}
