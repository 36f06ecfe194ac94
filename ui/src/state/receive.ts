/**
 * How what the host says becomes state: one function per answer or event. The only writer of records, layout and
 * gaps. An event about an older revision than the one shown changes nothing, and none does while the map is read
 * under another framework: its stages are not those that events speak of.
 */
import type {
  ChangedEvent,
  CompanyEvent,
  ConflictsEvent,
  GapsEvent,
  ProjectView,
  StartView,
  StatusEvent,
  TakenInEvent,
} from "../ipc";
import { announceGaps, announcer } from "./announcer.svelte";
import { company, people } from "./company.svelte";
import { conflicts } from "./conflicts.svelte";
import { coverage } from "./coverage.svelte";
import { evidence } from "./evidence.svelte";
import { flows } from "./flows.svelte";
import { frame } from "./frame.svelte";
import { gapDetails } from "./gapDetails.svelte";
import { gapList } from "./gapList.svelte";
import { gaps } from "./gaps.svelte";
import { intentions } from "./intentions.svelte";
import { layout } from "./layout.svelte";
import { panes } from "./panes.svelte";
import { past } from "./past.svelte";
import { presentation } from "./presentation.svelte";
import { project } from "./project.svelte";
import { reading, type Subject } from "./reading.svelte";
import { selection } from "./selection.svelte";
import { sentRules } from "./sentRules";
import { session } from "./session.svelte";
import { stageFilter } from "./stageFilter.svelte";
import { toasts } from "./toasts.svelte";

export function receiveStart(view: StartView): void {
  session.appVersion = view.version;
  session.recent = view.recent;
  session.frameworks = view.frameworks;
  session.channels = view.channels;
  session.rules = view.rules;
  if (view.project) receiveProject(view.project);
  else session.screen = "start";
}

/** Another project is shown from now on. */
export function receiveProject(view: ProjectView): void {
  reading.end();
  presentation.end();
  selection.clear();
  company.forget();
  past.forget();
  toasts.moveOn();
  frame.restore(view.id);
  show(view);
  project.projects += 1;
}

/** Something else than the map as it is, to be looked at. What was selected stays so where it is there. */
export function receiveReading(view: ProjectView, subject: Subject): void {
  reading.begin(subject, project.map.framework);
  toasts.moveOn();
  show(view);
  selection.keepOnly(project.touchpoints, project.links);
}

/** The project itself again, after a reading. */
export function receiveOwnMap(view: ProjectView): void {
  reading.end();
  show(view);
  selection.keepOnly(project.touchpoints, project.links);
}

function show(view: ProjectView): void {
  project.id = view.id;
  project.revision = view.revision;
  project.map = view.map;
  project.stages = view.stages;
  project.audiences = view.audiences;
  project.systems = view.systems;
  project.dismissals = view.dismissals;
  project.replace(view);
  layout.replace(view.layout);
  gaps.replace(view.report);
  flows.replace(view.flows);
  gapDetails.forget();
  gapList.release();
  sentRules.startFrom(view.map.rules);
  coverage.view = null;
  panes.view = "map";
  evidence.hovered = null;
  evidence.focused = null;
  evidence.pointed = null;
  evidence.explained = null;
  intentions.fixing = null;
  intentions.picker = null;
  intentions.renaming = null;
  intentions.renamingStage = null;
  intentions.renamingInStrip = null;
  stageFilter.end();
  intentions.stage = null;
  session.fileName = view.fileName;
  session.folder = view.folder;
  session.readOnly = view.readOnly;
  session.status = view.status;
  session.history = view.history;
  conflicts.list = view.conflicts;
  company.others = view.company.others;
  company.copies = view.company.copies;
  session.screen = "map";
}

/** Answers whether the event was taken. */
export function receiveChanged(event: ChangedEvent): boolean {
  if (reading.passesOver(event.revision)) return false;
  if (event.revision <= project.revision) return false;
  project.revision = event.revision;
  if (event.map) {
    project.map = event.map;
    sentRules.seen(event.map.rules);
  }
  if (event.stages) {
    project.stages = event.stages;
    if (intentions.stage !== null && !project.stage(intentions.stage)) intentions.stage = null;
  }
  if (event.audiences) project.audiences = event.audiences;
  if (event.systems) project.systems = event.systems;
  if (event.dismissals) project.dismissals = event.dismissals;
  project.patch(event);
  layout.patch(event);
  if (event.flows) flows.replace(event.flows);
  selection.forget(event.removedTouchpoints, event.removedLinks);
  if (intentions.renaming && event.removedTouchpoints.includes(intentions.renaming)) intentions.renaming = null;
  session.history = event.history;
  return true;
}

export function receiveGaps(event: GapsEvent): boolean {
  if (reading.passesOver(event.revision)) return false;
  const before = new Set(gaps.open.map((gap) => gap.key));
  if (!gaps.patch(event)) return false;
  gapDetails.keepOnly((key) => gaps.byKey(key) !== undefined);
  announceGaps(before, gaps.open);
  return true;
}

export function receiveStatus(event: StatusEvent): void {
  session.status = event.status;
  session.fileName = event.fileName;
  session.folder = event.folder;
}

/** Which places are contested is known at any time, also while something else is looked at. */
export function receiveConflicts({ conflicts: list }: ConflictsEvent): void {
  const more = list.length - conflicts.list.length;
  conflicts.list = list;
  if (list.length === 0 && more < 0) announcer.say("No conflicts left.");
}

export function receiveCompany({ company: now }: CompanyEvent): void {
  company.others = now.others;
  company.copies = now.copies;
}

export function receiveTakenIn(event: TakenInEvent): void {
  company.receive(event);
  announcer.say(`Changes of ${people(event.authors)} were taken in.`);
}
