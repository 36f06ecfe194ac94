/**
 * The host of the desktop app: turns the generated commands and events into the `Host` interface.
 * It decides nothing; a refusal becomes a thrown `ProblemError`, whatever command it came from.
 */
import { isTauri } from "@tauri-apps/api/core";
import { commands, events, type Problem } from "./bindings";
import { type Host, type HostEvents, ProblemError, type StopListening } from "./host";

type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Problem };

async function take<T>(pending: Promise<Answer<T>>): Promise<T> {
  const answer = await pending;
  if (answer.status === "error") throw new ProblemError(answer.error);
  return answer.data;
}

async function silently(pending: Promise<Answer<unknown>>): Promise<void> {
  await take(pending);
}

const channels = {
  changed: events.changedEvent,
  gaps: events.gapsEvent,
  status: events.statusEvent,
  opened: events.openedEvent,
  menu: events.menuEvent,
  problem: events.problemEvent,
  notice: events.noticeEvent,
  takenIn: events.takenInEvent,
  conflicts: events.conflictsEvent,
  company: events.companyEvent,
  exporting: events.exportingEvent,
  importOffered: events.importOfferedEvent,
};

function on<Name extends keyof HostEvents>(name: Name, listener: (payload: HostEvents[Name]) => void): StopListening {
  const channel = channels[name] as unknown as {
    listen(callback: (event: { payload: HostEvents[Name] }) => void): Promise<StopListening>;
  };
  const stop = channel.listen(({ payload }) => listener(payload));
  return () => void stop.then((end) => end());
}

export const runsInTauri = isTauri;

export const tauriHost: Host = {
  start: () => take(commands.start()),
  openDialog: () => take(commands.openDialog()),
  openRecent: (id) => take(commands.openRecent(id)),
  samples: () => take(commands.samples()),
  openSample: (name) => take(commands.openSample(name)),
  newProject: (framework, title) => take(commands.newProject(framework, title)),
  saveAsDialog: () => take(commands.saveAsDialog()),
  saveNow: () => silently(commands.saveNow()),
  applyEdits: (edits, label) => take(commands.applyEdits(edits, label)),
  undo: () => take(commands.undo()),
  redo: () => take(commands.redo()),
  lookIntoGap: (key, framework, live) => take(commands.lookIntoGap(key, framework, live)),
  fixGap: (key, fix) => silently(commands.fixGap(key, fix)),
  dismissGap: (key, reason) => silently(commands.dismissGap(key, reason)),
  reopenGap: (key) => silently(commands.reopenGap(key)),
  lookAs: (framework, live) => take(commands.lookAs(framework, live)),
  coverage: () => take(commands.coverage()),
  past: () => take(commands.past()),
  log: (form) => take(commands.log(form)),
  deeds: (step) => take(commands.deeds(step)),
  keepVersion: (name) => silently(commands.keepVersion(name)),
  lookAt: (point) => take(commands.lookAt(point)),
  goBackTo: (point, label) => take(commands.goBackTo(point, label)),
  revertStep: (step) => take(commands.revertStep(step)),
  compare: (from, to) => take(commands.compare(from, to)),
  compareDialog: () => take(commands.compareDialog()),
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
  importAsNew: (ticket) => take(commands.importAsNew(ticket)),
  on,
};
