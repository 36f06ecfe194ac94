/**
 * The gaps of the newest analysed revision: by key, by touchpoint, by link, by stage. Held as the analysis sent
 * them; nothing here finds or judges a gap. A report for an older revision than the one held is not taken.
 */
import type { GapReport, GapsEvent, GapView, NotAssessedView, Severity, StageSummaryView } from "../ipc";
import { type Order, rank, toldIn, withOthers } from "./gapOrder";

export type SeverityCount = Record<Severity, number>;

const nothing: readonly GapView[] = [];

export class Gaps {
  revision = $state.raw(0);
  /** Open gaps in the order the program tells them in, so that one that comes back stands where it stood. */
  open = $state.raw<readonly GapView[]>([]);
  dismissed = $state.raw<readonly GapView[]>([]);
  notAssessed = $state.raw<readonly NotAssessedView[]>([]);
  stages = $state.raw<readonly StageSummaryView[]>([]);
  version = $state.raw(0);
  #byKey = new Map<string, GapView>();
  /** All of them, in the order for these stages. */
  #told: readonly GapView[] = [];
  #order: { stages: string; by: Order } = { stages: "", by: toldIn([]) };
  #byTouchpoint = new Map<string, GapView[]>();
  #byLink = new Map<string, GapView[]>();

  readonly counts: SeverityCount = $derived(countBySeverity(this.open));

  byKey(key: string | null): GapView | undefined {
    void this.version;
    return key === null ? undefined : this.#byKey.get(key);
  }

  /** Open gaps that stand on a touchpoint, worst first. */
  byTouchpoint(id: string): readonly GapView[] {
    void this.version;
    return this.#byTouchpoint.get(id) ?? nothing;
  }

  byLink(id: string): readonly GapView[] {
    void this.version;
    return this.#byLink.get(id) ?? nothing;
  }

  /** Open gaps that stand on any of these, each once, worst first. */
  among(touchpoints: readonly string[], links: readonly string[]): readonly GapView[] {
    const found = new Set([
      ...touchpoints.flatMap((id) => this.byTouchpoint(id)),
      ...links.flatMap((id) => this.byLink(id)),
    ]);
    return [...found].sort((a, b) => rank[a.severity] - rank[b.severity]);
  }

  /** Open gaps that count under a stage; null: under no stage. */
  byStage(stage: string | null): readonly GapView[] {
    return this.open.filter((gap) => (stage === null ? gap.noStage : gap.stages.includes(stage)));
  }

  summary(stage: string | null): StageSummaryView | undefined {
    return this.stages.find((summary) => summary.stage === stage);
  }

  replace(report: GapReport): void {
    this.#byKey = new Map(report.gaps.map((gap) => [gap.key, gap]));
    this.#told = [];
    this.#settle(report, report.gaps);
  }

  /** Answers whether the event was taken. */
  patch(event: GapsEvent): boolean {
    if (event.revision < this.revision) return false;
    for (const key of event.removed) this.#byKey.delete(key);
    const [gone, added] = [new Set(event.removed), new Map(event.added.map((gap) => [gap.key, gap]))];
    for (const [key, gap] of added) this.#byKey.set(key, gap);
    this.#told = this.#told.filter(({ key }) => !gone.has(key) && !added.has(key));
    this.#settle(event, [...added.values()]);
    return true;
  }

  #settle(
    report: { revision: number; notAssessed: NotAssessedView[]; stages: StageSummaryView[] },
    coming: readonly GapView[],
  ): void {
    const stages = report.stages.map(({ stage }) => stage);
    const written = JSON.stringify(stages);
    if (written !== this.#order.stages) {
      this.#order = { stages: written, by: toldIn(stages) };
      this.#told = [...this.#told].sort(this.#order.by);
    }
    this.#told = withOthers(this.#told, coming, this.#order.by);
    this.open = this.#told.filter((gap) => gap.dismissed === null);
    this.dismissed = this.#told.filter((gap) => gap.dismissed !== null);
    this.#byTouchpoint = groupBy(this.open, (gap) => gap.touchpoints);
    this.#byLink = groupBy(this.open, (gap) => gap.links);
    this.notAssessed = report.notAssessed;
    this.stages = report.stages;
    this.revision = report.revision;
    this.version += 1;
  }
}

export function countBySeverity(list: readonly GapView[]): SeverityCount {
  const counts: SeverityCount = { high: 0, medium: 0, low: 0 };
  for (const gap of list) counts[gap.severity] += 1;
  return counts;
}

function groupBy(list: readonly GapView[], subjects: (gap: GapView) => readonly string[]): Map<string, GapView[]> {
  const groups = new Map<string, GapView[]>();
  for (const gap of list) {
    for (const subject of subjects(gap)) {
      const group = groups.get(subject);
      if (group) group.push(gap);
      else groups.set(subject, [gap]);
    }
  }
  return groups;
}

export const gaps = new Gaps();
