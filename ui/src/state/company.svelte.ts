/**
 * Who else is at the file: people who have it open, copies of it beside it, and what they did that is in the map now.
 * What came in is lit on the map for some seconds; that it came in stays said until somebody has seen it.
 */
import type { PresenceView, TakenInEvent } from "../ipc";

const nothing: ReadonlySet<string> = new Set();
/** How long what came in stays lit, in milliseconds. */
const litFor = 8000;

export type TakenIn = Pick<TakenInEvent, "authors" | "steps" | "at">;

class Company {
  others = $state.raw<readonly PresenceView[]>([]);
  /** Names of copies that wait to be taken in. */
  copies = $state.raw<readonly string[]>([]);
  /** What others did since somebody looked at it last. */
  takenIn = $state.raw<TakenIn | null>(null);
  freshTouchpoints = $state.raw<ReadonlySet<string>>(nothing);
  freshLinks = $state.raw<ReadonlySet<string>>(nothing);
  #timer: ReturnType<typeof setTimeout> | undefined;

  receive(event: TakenInEvent): void {
    const { authors, steps } = this.takenIn ?? { authors: [], steps: [] };
    this.takenIn = {
      authors: [...new Set([...authors, ...event.authors])],
      steps: [...steps, ...event.steps],
      at: event.at,
    };
    this.freshTouchpoints = new Set([...this.freshTouchpoints, ...event.touchpoints]);
    this.freshLinks = new Set([...this.freshLinks, ...event.links]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#dim(), litFor);
  }

  /** Somebody has seen what came in. */
  seen(): void {
    this.takenIn = null;
  }

  /** Another project is shown. */
  forget(): void {
    this.takenIn = null;
    clearTimeout(this.#timer);
    this.#dim();
  }

  #dim(): void {
    this.freshTouchpoints = nothing;
    this.freshLinks = nothing;
  }
}

/** "Anna", "Anna and Ben", "Anna, Ben and 2 others"; nobody's name is "somebody". */
export function people(authors: readonly string[]): string {
  const named = authors.map((author) => author || "somebody");
  if (named.length <= 1) return named[0] ?? "somebody";
  if (named.length <= 3) return `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
  return `${named.slice(0, 2).join(", ")} and ${named.length - 2} others`;
}

export const company = new Company();
