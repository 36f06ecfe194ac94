/** What a screen reader is told in passing. One sentence at a time, politely; never the only place a fact stands. */
import type { GapView } from "../ipc";

class Announcer {
  text = $state.raw("");

  say(text: string): void {
    // The same sentence twice is not read twice unless the text differs: a trailing no-break space makes it differ.
    this.text = this.text === text ? `${text}\u00a0` : text;
  }
}

export const announcer = new Announcer();

/** "3 gaps open, 1 closed": said whenever an analysis changed the open gaps. */
export function announceGaps(before: ReadonlySet<string>, open: readonly GapView[]): void {
  const found = open.filter((gap) => !before.has(gap.key)).length;
  const closed = before.size - (open.length - found);
  if (closed === 0 && found === 0) return;
  const parts = [`${open.length} ${open.length === 1 ? "gap" : "gaps"} open`];
  if (found > 0) parts.push(`${found} new`);
  if (closed > 0) parts.push(`${closed} closed`);
  announcer.say(parts.join(", "));
}
