/**
 * What the header strip says of each column: name, touchpoints, share of the budget, audiences served, gaps by
 * severity. Derived only. A column that is no stage among others like it has nothing to say.
 */
import { frame } from "./frame.svelte";
import { gaps } from "./gaps.svelte";
import { layout } from "./layout.svelte";
import { project } from "./project.svelte";
import { reading } from "./reading.svelte";
import { counted } from "./words";

export type StageColumn = {
  stage: string | null;
  /** One of several columns that are no stage: what they share is not to be said of each. */
  silent: boolean;
  name: string;
  touchpoints: number;
  /** 0 to 1; null: no budgets at all. */
  budgetShare: number | null;
  /** How many of the map's audiences its present touchpoints speak to; null: the map has no audiences. */
  served: { some: number; all: number } | null;
  high: number;
  medium: number;
  low: number;
};

type Count = { touchpoints: number; audiences: Set<string> };

class StageStrip {
  /** Counted from the records, so that the count follows the hand; the gaps follow the analysis. */
  readonly #counts: ReadonlyMap<string | null, Count> = $derived.by(countByStage);
  /** One for each column of the layout. */
  readonly columns: readonly StageColumn[] = $derived.by(() => {
    const stageless = layout.columns.filter(({ stage }) => stage === null).length;
    const silent = stageless > 1 || project.stages.length === 0;
    const last = layout.columns.length - 1;
    return layout.columns.map(({ stage }, at) => {
      const column = describe(stage, silent && stage === null, this.#counts.get(stage));
      return frame.distances ? { ...column, name: distanceWords(last - at) } : column;
    });
  });
}

function countByStage(): ReadonlyMap<string | null, Count> {
  const counts = new Map<string | null, Count>();
  for (const { id, stage, status, audiences } of project.touchpoints.values()) {
    if (reading.ghosts.has(id)) continue;
    const count = counts.get(stage) ?? { touchpoints: 0, audiences: new Set() };
    counts.set(stage, count);
    count.touchpoints += 1;
    // One that is stopped speaks to nobody any more.
    if (status !== "stopped") for (const audience of audiences) count.audiences.add(audience);
  }
  return counts;
}

/** How far a column is from the destinations, along the longest way. */
function distanceWords(steps: number): string {
  return steps === 0 ? "Destinations" : `${counted(steps, "step")} before`;
}

function describe(stage: string | null, silent: boolean, count: Count | undefined): StageColumn {
  const summary = gaps.summary(stage);
  const all = project.audiences.length;
  const some = project.audiences.filter(({ id }) => count?.audiences.has(id)).length;
  return {
    stage,
    silent,
    name: stage === null ? "No stage" : (project.stage(stage)?.name ?? ""),
    touchpoints: count?.touchpoints ?? 0,
    budgetShare: summary?.budgetShare ?? null,
    served: all === 0 ? null : { some, all },
    high: summary?.high ?? 0,
    medium: summary?.medium ?? 0,
    low: summary?.low ?? 0,
  };
}

export const stageStrip = new StageStrip();
