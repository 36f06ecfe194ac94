/** Where a context menu opens: at the pointer, or below what has the keyboard when a key asked for it. */
export function menuPlace(event: MouseEvent & { currentTarget: Element }): { x: number; y: number } {
  if (event.clientX !== 0 || event.clientY !== 0) return { x: event.clientX, y: event.clientY };
  const { left, bottom } = event.currentTarget.getBoundingClientRect();
  return { x: left + 24, y: bottom };
}
