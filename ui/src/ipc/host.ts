/**
 * What the interface sees of the program behind it: one interface of promises and events.
 * It names no way of talking (that is `tauriHost.ts`) and holds no state.
 */
import type * as wire from "./bindings";
import type {
  CompanyEvent,
  ConflictsEvent,
  CoverageView,
  DeedView,
  Edit,
  Entity,
  ExportChoicesView,
  ExportedView,
  ExportForm,
  ExportingEvent,
  ExportPart,
  FrameForm,
  GapDetailView,
  ImportMapping,
  ImportOfferedEvent,
  ImportView,
  LayoutView,
  LogForm,
  LogView,
  MenuEvent,
  MenuItemForm,
  MergedView,
  NoticeEvent,
  PastView,
  Point,
  PreviewView,
  Problem,
  ProblemEvent,
  SampleView,
  StatusEvent,
  TakenInEvent,
} from "./bindings";
import type { GapView, WithGaps, WithRows } from "./rows";

/** A refusal. The message says what happened and where; `problem.remedy` says what to do next. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
    this.name = "ProblemError";
  }
}

/** A whole project. It may come over the wire in two parts; whoever is behind this interface has brought them together. */
export type ProjectView = WithRows<Omit<wire.ProjectView, "layout" | "report">> & {
  layout: LayoutView;
  report: GapReport;
};
export type StartView = Omit<wire.StartView, "project"> & { project: ProjectView | null };
export type OpenedEvent = { project: ProjectView };
export type ComparisonView = Omit<wire.ComparisonView, "picture"> & { picture: ProjectView };
export type GapReport = WithGaps<wire.GapReport>;
export type GapsEvent = Omit<wire.GapsEvent, "added"> & { added: GapView[] };
export type ChangedEvent = WithRows<wire.ChangedEvent>;

export type HostEvents = {
  changed: ChangedEvent;
  gaps: GapsEvent;
  status: StatusEvent;
  opened: OpenedEvent;
  menu: MenuEvent;
  problem: ProblemEvent;
  notice: NoticeEvent;
  takenIn: TakenInEvent;
  conflicts: ConflictsEvent;
  company: CompanyEvent;
  exporting: ExportingEvent;
  importOffered: ImportOfferedEvent;
};

export type StopListening = () => void;

/** Every method throws a `ProblemError` when the program refuses. */
export interface Host {
  start(): Promise<StartView>;
  /** Null: the planner closed the dialog. */
  openDialog(): Promise<ProjectView | null>;
  openRecent(id: string): Promise<ProjectView>;
  samples(): Promise<SampleView[]>;
  openSample(name: string): Promise<ProjectView>;
  newProject(framework: string, title: string): Promise<ProjectView>;
  /** False: the planner closed the dialog. */
  saveAsDialog(): Promise<boolean>;
  saveNow(): Promise<void>;
  /** One transaction, one undo step. Answers the ids of the inserted rows, in order. */
  applyEdits(edits: Edit[], label: string): Promise<string[]>;
  /** Answers how many rows changed; 0 when others have written there since. */
  undo(): Promise<number>;
  redo(): Promise<number>;
  /** How a gap is mended and what suffers from it; in the map, or as it reads under another framework or is live. */
  lookIntoGap(key: string, framework: string | null, live: boolean): Promise<GapDetailView>;
  /** By the fingerprint of one of its fixes; refused as stale when that fix would do something else by now. */
  fixGap(key: string, fix: string): Promise<void>;
  dismissGap(key: string, reason: string): Promise<void>;
  reopenGap(key: string): Promise<void>;
  /**
   * The map as it reads under another framework (null: its own), all of it or only what is live, only to be looked at;
   * all of it under its own framework: the map itself.
   */
  lookAs(framework: string | null, live: boolean): Promise<ProjectView>;
  coverage(): Promise<CoverageView>;
  /** The versions and backups that can be looked at. */
  past(): Promise<PastView>;
  /** The steps that were asked for, the newest first. */
  log(form: LogForm): Promise<LogView>;
  deeds(step: string): Promise<DeedView[]>;
  keepVersion(name: string): Promise<void>;
  /** A state of the map, only to be looked at; `lookAs(null)` leads back. */
  lookAt(point: Point): Promise<ProjectView>;
  /** Answers how many rows changed. */
  goBackTo(point: Point, label: string): Promise<number>;
  revertStep(step: string): Promise<number>;
  compare(from: Point, to: Point): Promise<ComparisonView>;
  /** Null: the planner closed the dialog. */
  compareDialog(): Promise<ComparisonView | null>;
  settleConflict(entity: Entity, id: string, field: string, side: string): Promise<void>;
  /** Null: the planner closed the dialog. */
  mergeDialog(): Promise<MergedView | null>;
  mergeWith(point: Point): Promise<MergedView>;
  leaveCopy(name: string): Promise<void>;
  /** False: the planner closed the dialog. */
  saveCopyDialog(withHistory: boolean): Promise<boolean>;
  /** Where everything stands once the whole map is laid out anew. */
  layOutAnew(): Promise<LayoutView>;
  /** Where everything stands once the map is divided so; no edit, and nothing that a file keeps. */
  divide(frame: FrameForm): Promise<LayoutView>;
  /** The text on the system's clipboard; empty when there is none. */
  readClipboard(): Promise<string>;
  writeClipboard(text: string): Promise<void>;
  /** Opens a web or mail address outside; refuses any other. */
  openLink(address: string): Promise<void>;
  /** Gives the window the whole screen, or puts it back as it was; answers whether it had it before. */
  fullScreen(on: boolean): Promise<boolean>;
  /** How items of the native menu stand now, by action. */
  showMenu(items: MenuItemForm[]): Promise<void>;
  /** Has the system draw its parts of the window, the menu above all, in the theme that is shown. */
  showTheme(theme: "system" | "light" | "dark"): Promise<void>;
  exportChoices(): Promise<ExportChoicesView>;
  exportPreview(form: ExportForm): Promise<PreviewView>;
  /** What was written; null: the planner closed the dialog or cancelled. */
  exportDialog(form: ExportForm): Promise<ExportedView | null>;
  cancelExport(): Promise<void>;
  /** The name of the template; null: the planner closed the dialog. */
  templateDialog(): Promise<string | null>;
  /** The name of the logo, which is kept for the project's next exports; null: the planner closed the dialog. */
  logoDialog(): Promise<string | null>;
  copyPicture(part: ExportPart, dark: boolean, lanes: FrameForm["lanes"]): Promise<void>;
  /** Null: the planner closed the dialog. What was read waits to be looked at. */
  importDialog(): Promise<ImportView | null>;
  importText(text: string): Promise<ImportView>;
  importAgain(mapping: ImportMapping | null, page: number | null, deleteMissing: boolean): Promise<ImportView>;
  /** What that look showed, and nothing else; refused as stale when the map has changed since. */
  importTake(ticket: number): Promise<void>;
  importAsNew(ticket: number): Promise<ProjectView>;
  on<Name extends keyof HostEvents>(event: Name, listener: (payload: HostEvents[Name]) => void): StopListening;
}
