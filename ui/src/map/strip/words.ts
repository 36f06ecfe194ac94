/** What a cell of the header strip says, in words for those who hear it and for its tooltip. */
import type { StageColumn } from "../../state/stageStrip.svelte";
import { counted } from "../../state/words";

export const severities = ["high", "medium", "low"] as const;

const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });

export function shareWords(share: number): string {
  return percent.format(share);
}

export function servedWords({ some, all }: NonNullable<StageColumn["served"]>): string {
  return `serves ${some} of ${counted(all, "audience")}`;
}

function gapWords(stage: StageColumn): string {
  const said = severities.filter((severity) => stage[severity] > 0).map((severity) => `${stage[severity]} ${severity}`);
  return said.length === 0 ? "no gaps" : `gaps: ${said.join(", ")}`;
}

export function describeStage(stage: StageColumn): string {
  const budget = stage.budgetShare === null ? [] : [`${shareWords(stage.budgetShare)} of the budget`];
  const served = stage.served === null ? [] : [servedWords(stage.served)];
  return [stage.name, counted(stage.touchpoints, "touchpoint"), ...budget, ...served, gapWords(stage)].join(", ");
}
