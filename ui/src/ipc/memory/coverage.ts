/** The in-memory host's coverage: who is served where, by what, at what cost, as the real program counts it. */
import type { CellView, CoverageView } from "../bindings";
import type { GapView } from "../rows";
import type { Records } from "./records";

export function coverageOf(records: Records, gaps: readonly GapView[], revision: number): CoverageView {
  const present = records.touchpoints.filter((touchpoint) => touchpoint.status !== "stopped");
  const audiences: (string | null)[] = records.audiences.map((audience) => audience.id);
  const stages: (string | null)[] = records.stages.map((stage) => stage.id);
  if (present.some((touchpoint) => touchpoint.audiences.length === 0)) audiences.push(null);
  if (present.some((touchpoint) => touchpoint.stage === null)) stages.push(null);
  const channels = [...new Set(present.flatMap((touchpoint) => touchpoint.channel ?? []))];
  const cells = audiences.flatMap((audience) =>
    stages.map((stage): CellView => {
      const here = present.filter(
        (touchpoint) =>
          touchpoint.stage === stage &&
          (audience === null ? touchpoint.audiences.length === 0 : touchpoint.audiences.includes(audience)),
      );
      const servedBy = [...channels, null].flatMap((channel) => {
        const members = here.filter((touchpoint) => touchpoint.channel === channel);
        const budget = members.reduce((sum, touchpoint) => sum + (touchpoint.budget ?? 0), 0);
        return members.length === 0 ? [] : [{ channel, touchpoints: members.map((member) => member.id), budget }];
      });
      const about = `audience-unserved:${audience},${stage}`;
      return { servedBy, gaps: gaps.filter((gap) => gap.key === about && !gap.dismissed).map((gap) => gap.key) };
    }),
  );
  return { revision, audiences, stages, channels, cells };
}
