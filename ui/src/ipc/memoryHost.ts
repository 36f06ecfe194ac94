/**
 * Test equipment: a host without a program behind it. It really applies edits, undo and redo to records in memory and
 * tells what changed, as the real one does. It keeps no file, and no part of it is in the shipped app.
 */
import type {
  ChangedEvent,
  CoverageView,
  Edit,
  GapDetailView,
  GapView,
  HistoryView,
  ProblemCode,
  ProjectView,
  SaveStatus,
  StartView,
} from "./bindings";
import { type Host, type HostEvents, ProblemError, type StopListening } from "./host";
import { channels, frameworks, sampleTexts } from "./memory/catalogue";
import { coverageOf } from "./memory/coverage";
import { readAs } from "./memory/crosswalk";
import { type Analysis, analyse } from "./memory/gaps";
import { layOut } from "./memory/layout";
import { applied, emptyMap, type Records, readText } from "./memory/records";
import { rules } from "./memory/rules";

type Step = { before: Records; after: Records; label: string };
const channelsById = new Map(channels.map((channel) => [channel.id, channel]));

export class MemoryHost implements Host {
  #records: Records = readText({});
  #revision = 1;
  #fileName: string | null = null;
  #done: Step[] = [];
  #undone: Step[] = [];
  #analysis: Analysis = analyse(this.#records, channelsById, 1);
  #status: SaveStatus = { state: "kept", detail: null };
  #listeners = new Map<string, Set<(payload: never) => void>>();

  /** `first`: the text form of a map to show at once, as if the app were started with a file. */
  constructor(private readonly first: Record<string, unknown> | null = null) {}

  async start(): Promise<StartView> {
    const recent = Object.entries(sampleTexts).map(([id, text]) => ({
      id,
      title: String(text.title),
      fileName: `${id}.backcast`,
      folder: "Campaigns",
      openedAt: "2026-11-20T09:30:00Z",
    }));
    const project = this.first ? this.#show(readText(this.first), "sample.backcast") : null;
    return { version: "0.1.0", project, problem: null, recent, frameworks, channels, rules };
  }

  async openDialog(): Promise<ProjectView | null> {
    return this.openSample();
  }

  async openRecent(id: string): Promise<ProjectView> {
    const text = sampleTexts[id];
    if (!text) {
      throw refusal("notFound", "This map is no longer where it was.", "Open it from where it is now.");
    }
    return this.#show(readText(text), `${id}.backcast`);
  }

  async openSample(): Promise<ProjectView> {
    return this.#show(readText(sampleTexts["escape-my-house"] ?? {}), null);
  }

  async newProject(framework: string, title: string): Promise<ProjectView> {
    const stages = frameworks.find((candidate) => candidate.id === framework)?.stages ?? [];
    const records = readText({ ...emptyMap, title, framework, stages });
    return this.#show(records, null);
  }

  async saveAsDialog(): Promise<boolean> {
    this.#fileName ??= "map.backcast";
    this.#say("saved");
    return true;
  }

  async exportJsonDialog(): Promise<boolean> {
    return true;
  }

  async saveNow(): Promise<void> {
    this.#say("saved");
  }

  async applyEdits(edits: Edit[], label: string): Promise<string[]> {
    try {
      const { records, inserted } = applied(this.#records, edits);
      this.#done.push({ before: this.#records, after: records, label });
      this.#undone = [];
      this.#become(records);
      return inserted;
    } catch (error) {
      throw refusal("refused", `This could not be done: ${String(error)}`, "Undo the last step and try again.");
    }
  }

  async undo(): Promise<void> {
    const step = this.#done.pop();
    if (!step) return;
    this.#undone.push(step);
    this.#become(step.before);
  }

  async redo(): Promise<void> {
    const step = this.#undone.pop();
    if (!step) return;
    this.#done.push(step);
    this.#become(step.after);
  }

  async lookIntoGap(key: string, framework: string | null): Promise<GapDetailView> {
    const found = frameworks.find((candidate) => candidate.id === framework);
    const read = found ? analyse(readAs(this.#records, found), channelsById, this.#revision) : this.#analysis;
    const detail = read.details.get(key);
    if (!detail) throw refusal("stale", "This gap is not there any more.", "Look at the list of gaps as it is now.");
    return { ...detail, fixes: detail.fixes.map(({ edits: _, ...fix }) => fix) };
  }

  async fixGap(key: string, fingerprint: string): Promise<void> {
    const fix = this.#analysis.details.get(key)?.fixes.find((one) => one.fingerprint === fingerprint);
    if (!fix)
      throw refusal("stale", "This fix would do something else now.", "Choose among the fixes as they are now.");
    await this.applyEdits(fix.edits, fix.title);
  }

  async dismissGap(key: string, reason: string): Promise<void> {
    const gap = this.#gap(key);
    if (!gap) return;
    const subjects = gap.key.split(":")[1]?.split(",") ?? [];
    const value = { rule: gap.rule, subjects, reason, by: "Ines", at: "2026-11-22T10:00:00Z" };
    await this.applyEdits([{ op: "insert", entity: "dismissal", value, after: null }], "Dismiss gap");
  }

  async reopenGap(key: string): Promise<void> {
    const gap = this.#gap(key);
    const row = this.#records.dismissals.find(
      (dismissal) => `${dismissal.rule}:${dismissal.subjects.join()}` === gap?.key,
    );
    if (row) await this.applyEdits([{ op: "delete", entity: "dismissal", id: row.id }], "Reopen gap");
  }

  async lookAs(framework: string | null): Promise<ProjectView> {
    if (framework === null) return this.#view(this.#records, this.#analysis);
    const found = frameworks.find((candidate) => candidate.id === framework);
    if (!found) throw refusal("refused", `There is no framework “${framework}”.`, "Choose another.");
    const records = readAs(this.#records, found);
    return { ...this.#view(records, analyse(records, channelsById, this.#revision)), readOnly: true };
  }

  async coverage(): Promise<CoverageView> {
    return coverageOf(this.#records, this.#analysis.report.gaps, this.#revision);
  }

  on<Name extends keyof HostEvents>(event: Name, listener: (payload: HostEvents[Name]) => void): StopListening {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Lets a test play an event of its own, such as a menu item. */
  emit<Name extends keyof HostEvents>(event: Name, payload: HostEvents[Name]): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      (listener as (payload: HostEvents[Name]) => void)(payload);
    }
  }

  #show(records: Records, fileName: string | null): ProjectView {
    this.#records = records;
    this.#revision += 1;
    this.#done = [];
    this.#undone = [];
    this.#analysis = analyse(records, channelsById, this.#revision);
    this.#fileName = fileName;
    this.#status = { state: fileName ? "saved" : "kept", detail: null };
    return this.#view(records, this.#analysis);
  }

  #view(records: Records, analysis: Analysis): ProjectView {
    return {
      revision: this.#revision,
      fileName: this.#fileName,
      folder: this.#fileName ? "Campaigns" : null,
      readOnly: false,
      ...structuredClone(records),
      layout: layOut(records),
      report: analysis.report,
      history: this.#history(),
      status: this.#status,
    };
  }

  #become(after: Records): void {
    const before = this.#records;
    const found = this.#analysis.report.gaps;
    this.#records = after;
    this.#revision += 1;
    this.#analysis = analyse(after, channelsById, this.#revision);
    this.emit("changed", difference(before, after, this.#revision, this.#history()));
    const { report } = this.#analysis;
    const keys = new Set(report.gaps.map((gap) => gap.key));
    this.emit("gaps", {
      revision: this.#revision,
      added: report.gaps.filter((gap) => !found.some((old) => same(old, gap))),
      removed: found.filter((gap) => !keys.has(gap.key)).map((gap) => gap.key),
      notAssessed: report.notAssessed,
      stages: report.stages,
    });
    this.#say(this.#status.state === "kept" ? "kept" : "saved");
  }

  #say(state: SaveStatus["state"]): void {
    this.#status = { state, detail: null };
    this.emit("status", { status: this.#status, fileName: this.#fileName, folder: null });
  }

  #history(): HistoryView {
    return { undo: this.#done.at(-1)?.label ?? null, redo: this.#undone.at(-1)?.label ?? null };
  }

  #gap(key: string): GapView | undefined {
    return this.#analysis.report.gaps.find((gap) => gap.key === key);
  }
}

function refusal(code: ProblemCode, message: string, remedy: string): ProblemError {
  return new ProblemError({ code, message, place: null, remedy });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function difference(before: Records, after: Records, revision: number, history: HistoryView): ChangedEvent {
  const changed = <T extends { id: string }>(from: T[], to: T[]) => {
    const old = new Map(from.map((row) => [row.id, row]));
    return to.filter((row) => !same(old.get(row.id), row));
  };
  const removed = <T extends { id: string }>(from: T[], to: T[]) => {
    const kept = new Set(to.map((row) => row.id));
    return from.filter((row) => !kept.has(row.id)).map((row) => row.id);
  };
  const whole = <T>(from: T, to: T) => (same(from, to) ? null : to);
  const [layoutBefore, layoutAfter] = [layOut(before), layOut(after)];
  return {
    revision,
    map: whole(before.map, after.map),
    stages: whole(before.stages, after.stages),
    audiences: whole(before.audiences, after.audiences),
    systems: whole(before.systems, after.systems),
    dismissals: whole(before.dismissals, after.dismissals),
    touchpoints: changed(before.touchpoints, after.touchpoints),
    removedTouchpoints: removed(before.touchpoints, after.touchpoints),
    links: changed(before.links, after.links),
    removedLinks: removed(before.links, after.links),
    order: after.touchpoints.map((row) => row.id),
    cards: changed(layoutBefore.cards, layoutAfter.cards),
    routes: [],
    columns: whole(layoutBefore.columns, layoutAfter.columns),
    history,
  };
}
