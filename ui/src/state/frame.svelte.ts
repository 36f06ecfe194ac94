/**
 * How the map is divided on screen: lanes, columns by distance, stages that are folded. A way of looking, kept for each
 * project on this computer and in no file. What has to be laid out anew for it is asked for by the actions; folding is
 * done here.
 */
import type { FrameForm } from "../ipc";
import { announcer } from "./announcer.svelte";
import { layout } from "./layout.svelte";
import { presentation } from "./presentation.svelte";
import { project } from "./project.svelte";
import { counted } from "./words";

export type LanesBy = NonNullable<FrameForm["lanes"]>;
type Kept = FrameForm & { folded: readonly string[] };

const whole: Kept = { lanes: null, distances: false, folded: [] };
const none: ReadonlySet<string> = new Set();
const groupings: readonly string[] = ["channelGroup", "audience", "ownership", "media"];

class Frame {
  lanes = $state.raw<LanesBy | null>(null);
  /** Columns are distances from the destinations, not stages. */
  distances = $state.raw(false);
  /** Stages whose columns are narrow. */
  folded = $state.raw<ReadonlySet<string>>(new Set());
  /** The same as it is seen: a presentation tells of all stages. */
  readonly narrow: ReadonlySet<string> = $derived(presentation.active ? none : this.folded);
  /** Grows with every project that is shown: whoever has the map laid out asks for it as it was divided. */
  restorings = $state.raw(0);
  #project = "";

  /** Whether cards stand where planners put them: only columns by stage and no lanes leave them there. */
  get plain(): boolean {
    return this.lanes === null && !this.distances;
  }

  /** The lanes that pictures of the map have as well: among distances they are laid out by stages, and have none. */
  get pictured(): LanesBy | null {
    return this.distances ? null : this.lanes;
  }

  get form(): FrameForm {
    return { lanes: this.lanes, distances: this.distances };
  }

  isFolded(stage: string | null): boolean {
    return stage !== null && this.narrow.has(stage);
  }

  /** Takes what was chosen the last time this project was shown. */
  restore(projectId: string): void {
    this.#project = projectId;
    const kept = read(localStorage.getItem(this.#key));
    this.lanes = kept.lanes;
    this.distances = kept.distances;
    this.folded = new Set(kept.folded);
    layout.fold(this.folded);
    this.restorings += 1;
  }

  divide({ lanes, distances }: FrameForm): void {
    this.lanes = lanes;
    this.distances = distances;
    this.#keep();
  }

  toggle(stage: string): void {
    const name = project.stage(stage)?.name ?? "";
    const held = [...project.touchpoints.values()].filter((touchpoint) => touchpoint.stage === stage).length;
    if (this.folded.has(stage)) {
      this.#fold([...this.folded].filter((id) => id !== stage));
      announcer.say(`${name} is unfolded: ${counted(held, "touchpoint")}.`);
    } else {
      this.#fold([...this.folded, stage]);
      announcer.say(`${name} is folded: ${counted(held, "touchpoint")}.`);
    }
  }

  unfoldAll(): void {
    this.#fold([]);
    announcer.say("All stages are unfolded.");
  }

  /** Unfolds the stages that touchpoints stand in; answers whether one was folded. */
  unfoldFor(touchpoints: Iterable<string>): boolean {
    if (this.folded.size === 0) return false;
    const stages = new Set([...touchpoints].map((id) => project.touchpoint(id)?.stage ?? ""));
    const rest = [...this.folded].filter((id) => !stages.has(id));
    if (rest.length === this.folded.size) return false;
    this.#fold(rest);
    return true;
  }

  get #key(): string {
    return `backcast.frame.${this.#project}`;
  }

  #fold(stages: readonly string[]): void {
    this.folded = new Set(stages.filter((id) => project.stage(id) !== undefined));
    layout.fold(this.folded);
    this.#keep();
  }

  #keep(): void {
    const kept: Kept = { ...this.form, folded: [...this.folded] };
    if (this.plain && kept.folded.length === 0) localStorage.removeItem(this.#key);
    else localStorage.setItem(this.#key, JSON.stringify(kept));
  }
}

/** What is not of the shape that was written is passed over. */
function read(text: string | null): Kept {
  try {
    const kept = JSON.parse(text ?? "{}") as Partial<Kept>;
    return {
      lanes: groupings.includes(kept.lanes ?? "") ? (kept.lanes ?? null) : null,
      distances: kept.distances === true,
      folded: Array.isArray(kept.folded) ? kept.folded.filter((id) => typeof id === "string") : [],
    };
  } catch {
    return whole;
  }
}

export const frame = new Frame();
