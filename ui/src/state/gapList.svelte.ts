/**
 * The gap list as it is shown: grouped, in an order that holds while the hand is on it. New gaps join at the very end
 * and closed ones leave a line "closed" until the hand has left; only then is the list put in order anew.
 */
import type { GapView, Severity } from "../ipc";
import { gaps } from "./gaps.svelte";
import { project } from "./project.svelte";
import { stageFilter } from "./stageFilter.svelte";
import { severityWords } from "./words";

export type Grouping = "stage" | "severity" | "touchpoint";
/** `place`: the gap as it was when the list was put in order. */
export type Entry = { gap: GapView; place: GapView; closed: boolean };
export type GapGroup = { key: string; title: string; entries: Entry[] };

const severities: readonly Severity[] = ["high", "medium", "low"];

export class GapList {
  grouping = $state.raw<Grouping>("stage");
  /** While the hand is on the list: the gaps as they were when it came. */
  #held = $state.raw<readonly GapView[] | null>(null);

  readonly groups: readonly GapGroup[] = $derived([
    ...group(this.#entries(), this.grouping),
    ...filled(" new", "New", this.#joined(), () => true),
  ]);
  /** Open gaps in the order of the list, each once: what next and previous walk. */
  readonly walked: readonly GapView[] = $derived(unique(this.groups));

  hold(): void {
    this.#held ??= gaps.open;
  }

  release(): void {
    this.#held = null;
  }

  #entries(): Entry[] {
    if (this.#held === null) return gaps.open.filter((gap) => stageFilter.passes(gap)).map(asOpen);
    return this.#held
      .filter((gap) => stageFilter.passes(gap))
      .map((old) => {
        const now = gaps.byKey(old.key);
        const closed = !now || now.dismissed !== null;
        // It stays in its group and its place: only what is said of it is new.
        return { gap: now ?? old, place: old, closed };
      });
  }

  /** What came after the hand did. */
  #joined(): Entry[] {
    if (this.#held === null) return [];
    const kept = new Set(this.#held.map((gap) => gap.key));
    return gaps.open.filter((gap) => !kept.has(gap.key) && stageFilter.passes(gap)).map(asOpen);
  }
}

function asOpen(gap: GapView): Entry {
  return { gap, place: gap, closed: false };
}

function group(entries: readonly Entry[], grouping: Grouping): GapGroup[] {
  if (grouping === "severity") {
    return severities.flatMap((severity) =>
      filled(severity, severityWords[severity], entries, (gap) => gap.severity === severity),
    );
  }
  if (grouping === "stage" && stageFilter.stage !== null)
    return filled(stageFilter.stage, stageFilter.name, entries, () => true);
  if (grouping === "stage") {
    const stages = project.stages.flatMap((stage) =>
      filled(stage.id, stage.name, entries, (gap) => gap.stages[0] === stage.id),
    );
    const elsewhere = (gap: GapView) => !project.stage(gap.stages[0] ?? null);
    return [
      ...filled(" none", "No stage", entries, (gap) => elsewhere(gap) && gap.noStage),
      ...stages,
      ...filled("", "The whole map", entries, (gap) => elsewhere(gap) && !gap.noStage),
    ];
  }
  const firsts = new Set(entries.map(({ place }) => place.touchpoints[0] ?? ""));
  return [...firsts].flatMap((id) =>
    filled(id, project.touchpoint(id)?.name ?? "The whole map", entries, (gap) => (gap.touchpoints[0] ?? "") === id),
  );
}

function filled(key: string, title: string, entries: readonly Entry[], test: (gap: GapView) => boolean): GapGroup[] {
  const members = entries.filter(({ place }) => test(place));
  return members.length === 0 ? [] : [{ key, title, entries: members }];
}

function unique(groups: readonly GapGroup[]): GapView[] {
  const open = groups.flatMap((one) => one.entries).filter((entry) => !entry.closed);
  return [...new Map(open.map(({ gap }) => [gap.key, gap])).values()];
}

export const gapList = new GapList();
