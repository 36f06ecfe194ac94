/**
 * The host of the desktop app: turns the generated commands and events into the `Host` interface.
 * It decides nothing; a refusal becomes a thrown `ProblemError`, whatever command it came from.
 */
import { isTauri } from "@tauri-apps/api/core";
import { getCurrentWebviewWindow, type WebviewWindow } from "@tauri-apps/api/webviewWindow";
import * as wire from "./bindings";
import {
  type ChangedEvent,
  type ComparisonView,
  type GapsEvent,
  type Host,
  type HostEvents,
  type OpenedEvent,
  ProblemError,
  type ProjectView,
  type StartView,
  type StopListening,
} from "./host";
import { wholeGaps, withWholeRows } from "./rows";

const { commands, events } = wire;

type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: wire.Problem };

async function take<T>(pending: Promise<Answer<T>>): Promise<T> {
  const answer = await pending;
  if (answer.status === "error") throw new ProblemError(answer.error);
  return answer.data;
}

async function silently(pending: Promise<Answer<unknown>>): Promise<void> {
  await take(pending);
}

/** What is told while a project is here in part belongs to the whole, and waits until that has been taken. */
let partly = 0;
const waiting: (() => void)[] = [];

function inTurn(tell: () => void): void {
  if (partly > 0 || waiting.length > 0) waiting.push(tell);
  else tell();
}

/** One by one: what is told may be another project, for which the rest waits. A listener that fails holds up nobody. */
function release(): void {
  const tell = partly > 0 ? undefined : waiting.shift();
  if (tell === undefined) return;
  try {
    tell();
  } finally {
    release();
  }
}

function withAllFields(view: wire.ProjectView) {
  return { ...withWholeRows(view), report: { ...view.report, gaps: wholeGaps(view.report.gaps) } };
}

/**
 * A large map that was just opened comes before it is laid out. What changed between the two parts is in neither: then
 * all is asked for again.
 */
async function whole(view: wire.ProjectView): Promise<ProjectView> {
  if (view.layout !== null) return { ...withAllFields(view), layout: view.layout };
  partly += 1;
  try {
    const pending = take(commands.layout());
    const fields = withAllFields(view);
    const { project, revision, layout } = await pending;
    if (project === view.id && revision === view.revision) return { ...fields, layout };
    return await whole(await take(commands.lookAs(null, false)));
  } finally {
    partly -= 1;
    // After whoever has asked for the project has taken it.
    window.setTimeout(release, 0);
  }
}

async function wholeOf(pending: Promise<Answer<wire.ProjectView>>): Promise<ProjectView> {
  return whole(await take(pending));
}

async function wholeOrNull(view: wire.ProjectView | null): Promise<ProjectView | null> {
  return view === null ? null : whole(view);
}

/**
 * A project whose second part is refused is not shown; the start screen is, and says why, unless there is something to
 * say already. Stale: the project has been closed meanwhile, and whoever did that is told.
 */
async function startOf(view: wire.StartView): Promise<StartView> {
  try {
    return { ...view, project: await wholeOrNull(view.project) };
  } catch (refusal) {
    if (!(refusal instanceof ProblemError)) throw refusal;
    const refused = refusal.problem.code === "stale" ? null : refusal.problem;
    return { ...view, project: null, problem: view.problem ?? refused };
  }
}

async function withPicture(view: wire.ComparisonView): Promise<ComparisonView> {
  return { ...view, picture: await whole(view.picture) };
}

const channels = {
  status: events.statusEvent,
  menu: events.menuEvent,
  notice: events.noticeEvent,
  takenIn: events.takenInEvent,
  conflicts: events.conflictsEvent,
  company: events.companyEvent,
  exporting: events.exportingEvent,
  importOffered: events.importOfferedEvent,
};

type Channel<T> = (window: WebviewWindow) => {
  listen(callback: (event: { payload: T }) => void): Promise<StopListening>;
};

/** What is told to this window: who listens without saying who it is hears what is told to every other, too. */
function listen<T>(channel: Channel<T>, listener: (payload: T) => void): StopListening {
  const stop = channel(getCurrentWebviewWindow()).listen(({ payload }) => inTurn(() => listener(payload)));
  return () => void stop.then((end) => end());
}

/** Who hears of problems: among them what is refused although nobody waits for its answer. */
const hearers = new Set<(event: wire.ProblemEvent) => void>();

/** Stale: the project has been closed or replaced meanwhile, and whoever did that is told. */
function sayRefusal(refusal: unknown): void {
  if (!(refusal instanceof ProblemError)) throw refusal;
  if (refusal.problem.code === "stale") return;
  for (const tell of hearers) tell({ problem: refusal.problem });
}

/** Events that bring rows, or a project, are made whole first; and who hears of problems is kept. */
const made = {
  gaps: (tell: (event: GapsEvent) => void) =>
    listen(events.gapsEvent, (event) => tell({ ...event, added: wholeGaps(event.added) })),
  changed: (tell: (event: ChangedEvent) => void) => listen(events.changedEvent, (event) => tell(withWholeRows(event))),
  opened: (tell: (event: OpenedEvent) => void) =>
    listen(events.openedEvent, ({ project }) => {
      whole(project).then((project) => tell({ project }), sayRefusal);
    }),
  problem: (tell: (event: wire.ProblemEvent) => void) => {
    hearers.add(tell);
    const stop = listen(events.problemEvent, tell);
    return () => {
      hearers.delete(tell);
      stop();
    };
  },
};

function on<Name extends keyof HostEvents>(name: Name, listener: (payload: HostEvents[Name]) => void): StopListening {
  if (name in made) return (made[name as keyof typeof made] as (tell: typeof listener) => StopListening)(listener);
  return listen(channels[name as keyof typeof channels] as unknown as Channel<HostEvents[Name]>, listener);
}

export const runsInTauri = isTauri;

export const tauriHost: Host = {
  start: async () => startOf(await take(commands.start())),
  openDialog: async () => wholeOrNull(await take(commands.openDialog())),
  openRecent: (id) => wholeOf(commands.openRecent(id)),
  samples: () => take(commands.samples()),
  openSample: (name) => wholeOf(commands.openSample(name)),
  newProject: (framework, title) => wholeOf(commands.newProject(framework, title)),
  saveAsDialog: () => take(commands.saveAsDialog()),
  saveNow: () => silently(commands.saveNow()),
  applyEdits: (edits, label) => take(commands.applyEdits(edits, label)),
  undo: () => take(commands.undo()),
  redo: () => take(commands.redo()),
  lookIntoGap: (key, framework, live) => take(commands.lookIntoGap(key, framework, live)),
  fixGap: (key, fix) => silently(commands.fixGap(key, fix)),
  dismissGap: (key, reason) => silently(commands.dismissGap(key, reason)),
  reopenGap: (key) => silently(commands.reopenGap(key)),
  lookAs: (framework, live) => wholeOf(commands.lookAs(framework, live)),
  coverage: () => take(commands.coverage()),
  past: () => take(commands.past()),
  log: (form) => take(commands.log(form)),
  deeds: (step) => take(commands.deeds(step)),
  keepVersion: (name) => silently(commands.keepVersion(name)),
  lookAt: (point) => wholeOf(commands.lookAt(point)),
  goBackTo: (point, label) => take(commands.goBackTo(point, label)),
  revertStep: (step) => take(commands.revertStep(step)),
  compare: async (from, to) => withPicture(await take(commands.compare(from, to))),
  compareDialog: async () => {
    const view = await take(commands.compareDialog());
    return view === null ? null : withPicture(view);
  },
  settleConflict: (entity, id, field, side) => silently(commands.settleConflict(entity, id, field, side)),
  mergeDialog: () => take(commands.mergeDialog()),
  mergeWith: (point) => take(commands.mergeWith(point)),
  leaveCopy: (name) => silently(commands.leaveCopy(name)),
  saveCopyDialog: (withHistory) => take(commands.saveCopyDialog(withHistory)),
  layOutAnew: () => take(commands.layOutAnew()),
  divide: (frame) => take(commands.divide(frame)),
  readClipboard: () => take(commands.readClipboard()),
  writeClipboard: (text) => silently(commands.writeClipboard(text)),
  openLink: (address) => silently(commands.openLink(address)),
  fullScreen: (on) => take(commands.fullScreen(on)),
  showMenu: (items) => silently(commands.showMenu(items)),
  showTheme: (theme) => silently(commands.showTheme(theme)),
  exportChoices: () => commands.exportChoices(),
  exportPreview: (form) => take(commands.exportPreview(form)),
  exportDialog: (form) => take(commands.exportDialog(form)),
  cancelExport: () => commands.cancelExport(),
  templateDialog: () => take(commands.templateDialog()),
  logoDialog: () => take(commands.logoDialog()),
  copyPicture: (part, dark, lanes) => silently(commands.copyPicture(part, dark, lanes)),
  importDialog: () => take(commands.importDialog()),
  importText: (text) => take(commands.importText(text)),
  importAgain: (mapping, page, deleteMissing) => take(commands.importAgain(mapping, page, deleteMissing)),
  importTake: (ticket) => silently(commands.importTake(ticket)),
  importAsNew: (ticket) => wholeOf(commands.importAsNew(ticket)),
  on,
};
