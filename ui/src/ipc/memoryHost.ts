/**
 * Test equipment: a host without a program behind it. It really applies edits, undo and redo to records in memory and
 * tells what changed, as the real one does. It keeps no file, and no part of it is in the shipped app.
 */
import type {
  CompanyView,
  ConflictView,
  CoverageView,
  DeedView,
  Edit,
  Entity,
  ExportChoicesView,
  ExportedView,
  ExportForm,
  FrameForm,
  GapDetailView,
  HistoryView,
  ImportView,
  LayoutView,
  LogForm,
  LogView,
  MenuItemForm,
  MergedView,
  PastView,
  Point,
  PreviewView,
  ProblemCode,
  SampleView,
  SaveStatus,
} from "./bindings";
import {
  type ChangedEvent,
  type ComparisonView,
  type Host,
  type HostEvents,
  ProblemError,
  type ProjectView,
  type StartView,
  type StopListening,
} from "./host";
import { channels, frameworks, sampleTexts } from "./memory/catalogue";
import { compared } from "./memory/comparison";
import { coverageOf } from "./memory/coverage";
import { onlyLive, readAs } from "./memory/crosswalk";
import { flowsOf } from "./memory/flows";
import { type Analysis, analyse } from "./memory/gaps";
import { layOut } from "./memory/layout";
import { MemoryPast } from "./memory/past";
import { applied, emptyMap, type Records, readText } from "./memory/records";
import { rules } from "./memory/rules";
import { samples } from "./memory/samples";
import { exportChoices, exportPreview, tableToTakeIn } from "./memory/share";
import { playConflicts, playPast, team } from "./memory/team";
import type { GapView } from "./rows";

/** One for all windows, as the system's is. */
let clipboard = "";

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
  #past = new MemoryPast();
  #conflicts: ConflictView[] = [];
  #company: CompanyView = { others: [], copies: [] };
  #frame: FrameForm = { lanes: null, distances: false };
  /** Whether the window has the whole screen, for tests to look at. */
  wholeScreen = false;
  #listeners = new Map<string, Set<(payload: never) => void>>();

  /** `first`: the text form of a map to show at once, as if the app were started with a file. */
  constructor(
    private readonly first: Record<string, unknown> | null = null,
    /** Whether others have worked on it. */
    private readonly together = false,
  ) {}

  async start(): Promise<StartView> {
    const recent = Object.entries(sampleTexts).map(([id, text]) => ({
      id,
      title: String(text.title),
      fileName: `${id}.backcast`,
      folder: "Campaigns",
      unsaved: null,
      unreadable: false,
      openedAt: "2026-11-20T09:30:00Z",
    }));
    const project = this.first ? this.#showFirst(readText(this.first)) : null;
    return { version: "0.1.0", project, problem: null, recent, frameworks, channels, rules };
  }

  async openDialog(): Promise<ProjectView | null> {
    return this.openSample("escape-my-house");
  }

  async openRecent(id: string): Promise<ProjectView> {
    const text = sampleTexts[id];
    if (!text) {
      throw refusal("notFound", "This map is no longer where it was.", "Open it from where it is now.");
    }
    return this.#show(readText(text), `${id}.backcast`);
  }

  async samples(): Promise<SampleView[]> {
    return samples();
  }

  async openSample(name: string): Promise<ProjectView> {
    const text = sampleTexts[name];
    if (!text) throw refusal("refused", `There is no example called “${name}”.`, "Choose another.");
    return this.#show(readText(text), null);
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

  async saveNow(): Promise<void> {
    this.#say("saved");
  }

  async applyEdits(edits: Edit[], label: string): Promise<string[]> {
    try {
      const { records, inserted } = applied(this.#records, edits);
      this.#done.push({ before: this.#records, after: records, label });
      this.#past.step(label, edits[0]?.op ?? "set", this.#records, records);
      this.#settleWritten(edits);
      this.#undone = [];
      this.#become(records);
      return inserted;
    } catch (error) {
      throw refusal("refused", `This could not be done: ${String(error)}`, "Undo the last step and try again.");
    }
  }

  async undo(): Promise<number> {
    const step = this.#done.pop();
    if (!step) return 0;
    this.#undone.push(step);
    this.#past.step(step.label, "undo", step.after, step.before);
    this.#become(step.before);
    return 1;
  }

  async redo(): Promise<number> {
    const step = this.#undone.pop();
    if (!step) return 0;
    this.#done.push(step);
    this.#past.step(step.label, "redo", step.before, step.after);
    this.#become(step.after);
    return 1;
  }

  async lookIntoGap(key: string, framework: string | null, live: boolean): Promise<GapDetailView> {
    const detail = analyse(this.#read(framework, live), channelsById, this.#revision).details.get(key);
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

  async layOutAnew(): Promise<LayoutView> {
    return layOut(this.#records, this.#frame);
  }

  async divide(frame: FrameForm): Promise<LayoutView> {
    this.#frame = frame;
    return layOut(this.#records, frame);
  }

  async readClipboard(): Promise<string> {
    return clipboard;
  }

  async writeClipboard(text: string): Promise<void> {
    clipboard = text;
  }

  #read(framework: string | null, live: boolean): Records {
    const records = live ? onlyLive(this.#records) : this.#records;
    if (framework === null) return records;
    const found = frameworks.find((candidate) => candidate.id === framework);
    if (!found) throw refusal("refused", `There is no framework “${framework}”.`, "Choose another.");
    return readAs(records, found);
  }

  async lookAs(framework: string | null, live: boolean): Promise<ProjectView> {
    if (framework === null && !live) return this.#view(this.#records, this.#analysis);
    const records = this.#read(framework, live);
    return { ...this.#view(records, analyse(records, channelsById, this.#revision)), readOnly: true };
  }

  async coverage(): Promise<CoverageView> {
    return coverageOf(this.#records, this.#analysis.report.gaps, this.#revision);
  }

  async exportChoices(): Promise<ExportChoicesView> {
    return exportChoices;
  }

  async exportPreview(form: ExportForm): Promise<PreviewView> {
    return exportPreview(this.#records, layOut(this.#records), form);
  }

  async exportDialog(form: ExportForm): Promise<ExportedView | null> {
    return { name: `map.${form.format}`, notes: [] };
  }

  async cancelExport(): Promise<void> {}

  async templateDialog(): Promise<string | null> {
    return "house.md";
  }

  async logoDialog(): Promise<string | null> {
    return "house.svg";
  }

  async copyPicture(): Promise<void> {}

  /** What the native menu would show. */
  readonly menu = new Map<string, MenuItemForm>();

  async showMenu(items: MenuItemForm[]): Promise<void> {
    for (const item of items) this.menu.set(item.action, item);
  }

  async showTheme(): Promise<void> {}

  async fullScreen(on: boolean): Promise<boolean> {
    const before = this.wholeScreen;
    this.wholeScreen = on;
    return before;
  }

  async importDialog(): Promise<ImportView | null> {
    return tableToTakeIn(["media-plan.xlsx"]);
  }

  async importText(): Promise<ImportView> {
    throw refusal(
      "refused",
      "The clipboard cannot be imported: it is no table and no diagram.",
      "Copy something else.",
    );
  }

  async importAgain(): Promise<ImportView> {
    return tableToTakeIn(["media-plan.xlsx"]);
  }

  async importTake(): Promise<void> {
    await this.applyEdits(
      [
        {
          op: "insert",
          entity: "touchpoint",
          value: { id: "cinema", name: "Cinema spot", kind: "driver" },
          after: null,
        },
      ],
      "Import media-plan.xlsx",
    );
  }

  async importAsNew(): Promise<ProjectView> {
    return this.newProject("", "Media plan");
  }

  async openLink(address: string): Promise<void> {
    if (/^https?:/i.test(address)) globalThis.open(address, "_blank", "noopener");
  }

  async past(): Promise<PastView> {
    return this.#past.view();
  }

  async log(form: LogForm): Promise<LogView> {
    return this.#past.log(form);
  }

  async deeds(step: string): Promise<DeedView[]> {
    return this.#past.deeds(step);
  }

  async keepVersion(name: string): Promise<void> {
    if (this.#past.has(name)) throw refusal("refused", `There is a version “${name}” already.`, "Choose another name.");
    this.#past.keep(name, this.#records);
    this.#say(this.#status.state);
  }

  async lookAt(point: Point): Promise<ProjectView> {
    const records = this.#at(point);
    return { ...this.#view(records, analyse(records, channelsById, this.#revision)), readOnly: true };
  }

  async goBackTo(point: Point, label: string): Promise<number> {
    const [before, after] = [this.#records, this.#at(point)];
    if (same(before, after)) return 0;
    this.#done.push({ before, after, label });
    this.#undone = [];
    this.#past.step(label, "restore", before, after);
    this.#become(after);
    return 1;
  }

  async revertStep(id: string): Promise<number> {
    const step = this.#past.found(id);
    if (!step || !same(step.after, this.#records))
      throw refusal(
        "stale",
        "Nothing is left to take back: the map has been changed there since.",
        "Change it by hand.",
      );
    const label = `Take back “${step.view.label}”`;
    this.#done.push({ before: step.after, after: step.before, label });
    this.#past.step(label, "revert", step.after, step.before);
    this.#become(step.before);
    return 1;
  }

  async compare(from: Point, to: Point): Promise<ComparisonView> {
    const [before, after] = [this.#at(from), this.#at(to)];
    const { both, ...different } = compared(before, after);
    const gaps = (records: Records) => analyse(records, channelsById, this.#revision).report.gaps;
    const [was, is] = [gaps(before), gaps(after)];
    const only = (one: GapView[], other: GapView[]) => {
      const known = new Set(other.map((gap) => gap.key));
      return one.filter((gap) => !known.has(gap.key));
    };
    const picture = { ...this.#view(both, analyse(both, channelsById, this.#revision)), readOnly: true };
    return { file: null, ...different, opened: only(is, was), closed: only(was, is), picture };
  }

  async compareDialog(): Promise<ComparisonView | null> {
    return { ...(await this.compare({ kind: "chosen" }, { kind: "now" })), file: "other.backcast" };
  }

  async settleConflict(entity: Entity, id: string, field: string): Promise<void> {
    this.#conflictsAre(this.#conflicts.filter((one) => one.entity !== entity || one.id !== id || one.field !== field));
  }

  async mergeDialog(): Promise<MergedView | null> {
    return this.mergeWith();
  }

  async mergeWith(): Promise<MergedView> {
    this.#companyIs({ ...this.#company, copies: [] });
    return { steps: 2, conflicts: this.#conflicts.length, file: "other.backcast" };
  }

  async leaveCopy(name: string): Promise<void> {
    this.#companyIs({ ...this.#company, copies: this.#company.copies.filter((copy) => copy !== name) });
  }

  async saveCopyDialog(): Promise<boolean> {
    return true;
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

  #showFirst(records: Records): ProjectView {
    if (!this.together) return this.#show(records, "sample.backcast");
    this.#show(records, "sample.backcast");
    this.#records = playPast(this.#past, records);
    this.#analysis = analyse(this.#records, channelsById, this.#revision);
    this.#conflicts = playConflicts(this.#records);
    this.#company = team;
    return this.#view(this.#records, this.#analysis);
  }

  #at(point: Point): Records {
    const records = this.#past.at(point, this.#records);
    if (!records) throw refusal("stale", "This state is not there any more.", "Look at the history as it is now.");
    return records;
  }

  #conflictsAre(conflicts: ConflictView[]): void {
    this.#conflicts = conflicts;
    this.emit("conflicts", { conflicts });
  }

  #companyIs(company: CompanyView): void {
    this.#company = company;
    this.emit("company", { company });
  }

  /** Writing a field again settles it. */
  #settleWritten(edits: Edit[]): void {
    const written = (one: ConflictView) =>
      edits.some((edit) => edit.op === "set" && edit.id === one.id && ["", edit.field].includes(one.field));
    if (this.#conflicts.some(written)) this.#conflictsAre(this.#conflicts.filter((one) => !written(one)));
  }

  #show(records: Records, fileName: string | null): ProjectView {
    this.#records = records;
    this.#revision += 1;
    this.#done = [];
    this.#undone = [];
    this.#past = new MemoryPast();
    this.#conflicts = [];
    this.#company = { others: [], copies: [] };
    this.#frame = { lanes: null, distances: false };
    this.#analysis = analyse(records, channelsById, this.#revision);
    this.#fileName = fileName;
    this.#status = { state: fileName ? "saved" : "kept", detail: null };
    return this.#view(records, this.#analysis);
  }

  #view(records: Records, analysis: Analysis): ProjectView {
    return {
      id: records.map.title,
      revision: this.#revision,
      fileName: this.#fileName,
      folder: this.#fileName ? "Campaigns" : null,
      readOnly: false,
      ...structuredClone(records),
      layout: layOut(records, this.#frame),
      report: analysis.report,
      flows: flowsOf(records),
      history: this.#history(),
      status: this.#status,
      conflicts: this.#conflicts,
      company: this.#company,
    };
  }

  #become(after: Records): void {
    const before = this.#records;
    const found = this.#analysis.report.gaps;
    this.#records = after;
    this.#revision += 1;
    this.#analysis = analyse(after, channelsById, this.#revision);
    this.emit("changed", difference(before, after, this.#revision, this.#history(), this.#frame));
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

function difference(
  before: Records,
  after: Records,
  revision: number,
  history: HistoryView,
  frame: FrameForm,
): ChangedEvent {
  const changed = <T extends { id: string }>(from: T[], to: T[]) => {
    const old = new Map(from.map((row) => [row.id, row]));
    return to.filter((row) => !same(old.get(row.id), row));
  };
  const removed = <T extends { id: string }>(from: T[], to: T[]) => {
    const kept = new Set(to.map((row) => row.id));
    return from.filter((row) => !kept.has(row.id)).map((row) => row.id);
  };
  const whole = <T>(from: T, to: T) => (same(from, to) ? null : to);
  const [layoutBefore, layoutAfter] = [layOut(before, frame), layOut(after, frame)];
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
    flows: flowsOf(after),
    columns: whole(layoutBefore.columns, layoutAfter.columns),
    lanes: whole(layoutBefore.lanes, layoutAfter.lanes),
    history,
  };
}
