/** What the header strip says of each column: name, touchpoints, share of the budget, gaps by severity. Derived only. */
import { gaps } from "./gaps.svelte";
import { layout } from "./layout.svelte";
import { project } from "./project.svelte";
import { reading } from "./reading.svelte";

export type StageColumn = {
  stage: string | null;
  name: string;
  touchpoints: number;
  /** 0 to 1; null: no budgets at all. */
  budgetShare: number | null;
  high: number;
  medium: number;
  low: number;
};

class StageStrip {
  /** Counted from the records, so that the count follows the hand; the gaps follow the analysis. */
  readonly #counts: ReadonlyMap<string | null, number> = $derived.by(countByStage);
  readonly columns: readonly StageColumn[] = $derived(
    layout.columns.map(({ stage }) => describe(stage, this.#counts.get(stage) ?? 0)),
  );
}

function countByStage(): ReadonlyMap<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const { id, stage } of project.touchpoints.values())
    if (!reading.ghosts.has(id)) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  return counts;
}

function describe(stage: string | null, touchpoints: number): StageColumn {
  const summary = gaps.summary(stage);
  return {
    stage,
    name: stage === null ? "No stage" : (project.stage(stage)?.name ?? ""),
    touchpoints,
    budgetShare: summary?.budgetShare ?? null,
    high: summary?.high ?? 0,
    medium: summary?.medium ?? 0,
    low: summary?.low ?? 0,
  };
}

export const stageStrip = new StageStrip();
