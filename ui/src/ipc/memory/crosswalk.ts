/**
 * The in-memory host's reading of a map under another framework, where each stage becomes the one of the nearest moment,
 * and of what is live of it.
 */
import type { FrameworkView, Moment } from "../bindings";
import type { Records } from "./records";

const moments: readonly Moment[] = [
  "unaware",
  "aware",
  "considering",
  "evaluating",
  "buying",
  "using",
  "loyal",
  "advocating",
];

export function readAs(records: Records, framework: FrameworkView): Records {
  const place = new Map(records.stages.map((stage) => [stage.id, nearest(stage.moment, framework)]));
  return {
    ...records,
    map: { ...records.map, framework: framework.id },
    stages: framework.stages.map((stage) => ({ ...stage })),
    touchpoints: records.touchpoints.map((touchpoint) => ({
      ...touchpoint,
      stage: place.get(touchpoint.stage ?? "") ?? null,
      position: null,
    })),
  };
}

/** Without touchpoints that are stopped or only planned, and without their links. */
export function onlyLive(records: Records): Records {
  const touchpoints = records.touchpoints.filter(({ status }) => status !== "planned" && status !== "stopped");
  const there = new Set(touchpoints.map((touchpoint) => touchpoint.id));
  const links = records.links.filter((link) => there.has(link.from) && there.has(link.to));
  return { ...records, touchpoints, links };
}

function nearest(moment: Moment | null, framework: FrameworkView): string | null {
  if (moment === null) return null;
  const far = (other: Moment) => Math.abs(moments.indexOf(other) - moments.indexOf(moment));
  return [...framework.stages].sort((a, b) => far(a.moment) - far(b.moment))[0]?.id ?? null;
}
