/**
 * The stage that the map is narrowed to: what stands outside it steps back, and only its gaps are listed. A way of
 * looking, kept in no file; a stage that is gone narrows nothing.
 */
import type { GapView } from "../ipc";
import { announcer } from "./announcer.svelte";
import { project } from "./project.svelte";
import { counted } from "./words";

export type Kept = { touchpoints: ReadonlySet<string>; links: ReadonlySet<string> };

class StageFilter {
  #chosen = $state.raw<string | null>(null);

  /** Null: the whole map is looked at. */
  readonly stage: string | null = $derived(project.stage(this.#chosen)?.id ?? null);
  readonly name: string = $derived(project.stage(this.stage)?.name ?? "");
  /** What keeps its looks: the touchpoints of the stage, and the links that start or end there. */
  readonly kept: Kept | null = $derived(this.stage === null ? null : keptOf(this.stage));

  /** The same stage again ends it. */
  toggle(stage: string): void {
    this.#chosen = this.stage === stage ? null : stage;
    announcer.say(this.stage === null ? "The whole map is shown." : this.words);
  }

  end(): void {
    this.#chosen = null;
  }

  /** Whether a gap counts under what is looked at. */
  passes(gap: GapView): boolean {
    return this.stage === null || gap.stages.includes(this.stage);
  }

  /** "Only Discover: 12 touchpoints". */
  get words(): string {
    return `Only ${this.name}: ${counted(this.kept?.touchpoints.size ?? 0, "touchpoint")}`;
  }
}

/** The touchpoints of a stage, and the links that start or end there. */
export function keptOf(stage: string): Kept {
  const touchpoints = new Set<string>();
  for (const { id, stage: own } of project.touchpoints.values()) if (own === stage) touchpoints.add(id);
  const links = new Set<string>();
  for (const { id, from, to } of project.links.values())
    if (touchpoints.has(from) || touchpoints.has(to)) links.add(id);
  return { touchpoints, links };
}

export const stageFilter = new StageFilter();
