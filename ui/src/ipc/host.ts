/**
 * What the interface sees of the program behind it: one interface of promises and events.
 * It names no way of talking (that is `tauriHost.ts`) and holds no state.
 */
import type {
  ChangedEvent,
  CoverageView,
  Edit,
  GapDetailView,
  GapsEvent,
  MenuEvent,
  NoticeEvent,
  OpenedEvent,
  Problem,
  ProblemEvent,
  ProjectView,
  StartView,
  StatusEvent,
} from "./bindings";

/** A refusal. The message says what happened and where; `problem.remedy` says what to do next. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
    this.name = "ProblemError";
  }
}

export type HostEvents = {
  changed: ChangedEvent;
  gaps: GapsEvent;
  status: StatusEvent;
  opened: OpenedEvent;
  menu: MenuEvent;
  problem: ProblemEvent;
  notice: NoticeEvent;
};

export type StopListening = () => void;

/** Every method throws a `ProblemError` when the program refuses. */
export interface Host {
  start(): Promise<StartView>;
  /** Null: the planner closed the dialog. */
  openDialog(): Promise<ProjectView | null>;
  openRecent(id: string): Promise<ProjectView>;
  openSample(): Promise<ProjectView>;
  newProject(framework: string, title: string): Promise<ProjectView>;
  /** False: the planner closed the dialog. */
  saveAsDialog(): Promise<boolean>;
  exportJsonDialog(): Promise<boolean>;
  saveNow(): Promise<void>;
  /** One transaction, one undo step. Answers the ids of the inserted rows, in order. */
  applyEdits(edits: Edit[], label: string): Promise<string[]>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** How a gap is mended and what suffers from it; in the map, or as it reads under another framework. */
  lookIntoGap(key: string, framework: string | null): Promise<GapDetailView>;
  /** By the fingerprint of one of its fixes; refused as stale when that fix would do something else by now. */
  fixGap(key: string, fix: string): Promise<void>;
  dismissGap(key: string, reason: string): Promise<void>;
  reopenGap(key: string): Promise<void>;
  /** The map as it reads under another framework, only to be looked at; null: the map itself. */
  lookAs(framework: string | null): Promise<ProjectView>;
  coverage(): Promise<CoverageView>;
  on<Name extends keyof HostEvents>(event: Name, listener: (payload: HostEvents[Name]) => void): StopListening;
}
