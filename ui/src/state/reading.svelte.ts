/**
 * Whether something other than the map as it is stands on the map, and what: the map under another framework, only what
 * is live of it, the map as it was, or two states of it in one picture. That is only looked at: what happens to the project meanwhile is not shown,
 * but remembered as missed, so that coming back shows the newest.
 */

import type { ComparisonView, FrameworkView, Point } from "../ipc";
import { type Marks, marksOf } from "./marks";

/** A state of the map with the words it is called by. */
export type MapState = { point: Point; name: string; detail: string };

export type Subject =
  /** `framework` null: the map's own stages. `live`: only what is live. */
  | { kind: "view"; framework: FrameworkView | null; live: boolean }
  | { kind: "past"; state: MapState }
  | { kind: "comparison"; from: MapState; to: MapState; view: ComparisonView };

const nothing: ReadonlySet<string> = new Set();

class Reading {
  /** Null: the map itself is shown. */
  subject = $state.raw<Subject | null>(null);
  /** The framework of the map itself, by id or in free text. */
  own = $state.raw<string | null>(null);
  #missed = 0;
  #turn = 0;

  get active(): boolean {
    return this.subject !== null;
  }

  /** The map as it is, under another framework or only what is live of it. */
  get view(): (Subject & { kind: "view" }) | null {
    return this.subject?.kind === "view" ? this.subject : null;
  }

  get framework(): FrameworkView | null {
    return this.view?.framework ?? null;
  }

  /** Whether touchpoints that are stopped or only planned are left out. */
  get live(): boolean {
    return this.view?.live ?? false;
  }

  get past(): MapState | null {
    return this.subject?.kind === "past" ? this.subject.state : null;
  }

  get comparison(): (Subject & { kind: "comparison" }) | null {
    return this.subject?.kind === "comparison" ? this.subject : null;
  }

  /** What is told of touchpoints and links while two states are compared. */
  readonly marks: Marks | null = $derived(this.comparison ? marksOf(this.comparison.view) : null);
  /** Ids of touchpoints and links that stand on the map only to show that they are gone from there. */
  readonly ghosts: ReadonlySet<string> = $derived(this.marks ? ghostsOf(this.marks) : nothing);

  /**
   * Whoever wants something else shown takes a turn before asking. The answer says whether that is still the last
   * wish: it is not once something else was wished for, or another project was opened.
   */
  takeTurn(): () => boolean {
    this.#turn += 1;
    const mine = this.#turn;
    return () => mine === this.#turn;
  }

  begin(subject: Subject, own: string | null): void {
    // From one reading to the next, the map's own framework stays the one it was.
    if (this.subject === null) this.own = own;
    this.subject = subject;
  }

  end(): void {
    this.subject = null;
    this.own = null;
    this.#missed = 0;
    this.#turn += 1;
  }

  /** Answers whether news of this revision is not to be shown now. */
  passesOver(revision: number): boolean {
    if (this.subject === null) return false;
    this.#missed = Math.max(this.#missed, revision);
    return true;
  }

  /** Whether a view of this revision shows all that happened during the reading. */
  isCaughtUpBy(revision: number): boolean {
    return revision >= this.#missed;
  }
}

function ghostsOf({ touchpoints, links }: Marks): ReadonlySet<string> {
  const gone = [...touchpoints, ...links].filter(([, mark]) => mark.gone);
  return new Set(gone.map(([id]) => id));
}

export const reading = new Reading();
