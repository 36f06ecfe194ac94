/**
 * Touchpoints, links and gaps as everybody but the wire knows them: with all of their fields. Of these there may be
 * thousands with few fields each, so the wire leaves out what is absent, and here it is put in again.
 */
import type * as wire from "./bindings";

export type TouchpointRecord = Required<wire.TouchpointRecord>;
export type LinkRecord = Required<wire.LinkRecord>;
export type GapView = Required<wire.GapView>;
export type WithGaps<T extends { gaps: wire.GapView[] }> = Omit<T, "gaps"> & { gaps: GapView[] };
type Rows = { touchpoints: wire.TouchpointRecord[]; links: wire.LinkRecord[] };
export type WithRows<T extends Rows> = Omit<T, keyof Rows> & { touchpoints: TouchpointRecord[]; links: LinkRecord[] };

export const emptyTouchpoint: TouchpointRecord = {
  id: "",
  name: "",
  kind: "driver",
  rank: null,
  driver: null,
  stage: null,
  channel: null,
  media: null,
  ownership: null,
  entry: null,
  deliberate_end: null,
  status: null,
  audiences: [],
  devices: null,
  message: null,
  cta: null,
  promises: [],
  value_given: null,
  selling_intensity: null,
  two_way: null,
  recognises: null,
  opt_in: null,
  tracked: null,
  system: null,
  metric: null,
  population: null,
  conversion_rate: null,
  budget: null,
  production_budget: null,
  flights: [],
  owner: null,
  review_on: null,
  evidence_level: null,
  notes: null,
  position: null,
};

export const emptyLink: LinkRecord = {
  id: "",
  from: "",
  to: "",
  cta: null,
  kind: null,
  rate: null,
  lag_days: null,
  tracked: null,
  code: null,
  origin: null,
  notes: null,
};

const emptyGap: GapView = {
  key: "",
  rule: "",
  ruleName: "",
  severity: "low",
  stages: [],
  noStage: false,
  touchpoints: [],
  links: [],
  evidence: { kind: "none" },
  message: "",
  dismissed: null,
};

/** O(gaps). */
export function wholeGaps(gaps: readonly wire.GapView[]): GapView[] {
  return gaps.map((gap) => ({ ...emptyGap, ...gap }));
}

/** O(rows). */
export function withWholeRows<T extends Rows>(view: T): WithRows<T> {
  return {
    ...view,
    touchpoints: view.touchpoints.map((row) => ({ ...emptyTouchpoint, ...row })),
    links: view.links.map((row) => ({ ...emptyLink, ...row })),
  };
}
