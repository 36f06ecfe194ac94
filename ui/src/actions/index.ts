/** All actions, in the order in which the palette and the shortcut sheet show them. */

import { keys } from "../state/keys.svelte";
import { about } from "./about";
import type { Action } from "./action";
import { addDestination } from "./addDestination";
import { addDownstream } from "./addDownstream";
import { addSibling } from "./addSibling";
import { addStage } from "./addStage";
import { addUnlinked } from "./addUnlinked";
import { addUpstream } from "./addUpstream";
import { alignAcross } from "./alignAcross";
import { alignBottom } from "./alignBottom";
import { alignDown } from "./alignDown";
import { alignLeft } from "./alignLeft";
import { alignRight } from "./alignRight";
import { alignTop } from "./alignTop";
import { changeStart } from "./changeStart";
import { changeTarget } from "./changeTarget";
import { columnsByDistance } from "./columnsByDistance";
import { compareFile } from "./compareFile";
import { copy } from "./copy";
import { copyPicture } from "./copyPicture";
import { cut } from "./cut";
import { deleteSelection } from "./delete";
import { deleteStage } from "./deleteStage";
import { deselect } from "./deselect";
import { distributeDown } from "./distribute";
import { duplicate } from "./duplicate";
import { exportAs } from "./export";
import { extendDown } from "./extendDown";
import { extendDownstream } from "./extendDownstream";
import { extendUp } from "./extendUp";
import { extendUpstream } from "./extendUpstream";
import { find } from "./find";
import { fixGap } from "./fixGap";
import { foldStage } from "./foldStage";
import { help } from "./help";
import { importFrom } from "./import";
import { keepVersion } from "./keepVersion";
import { lanesByAudience } from "./lanesByAudience";
import { lanesByChannelGroup } from "./lanesByChannelGroup";
import { lanesByMedia } from "./lanesByMedia";
import { lanesByOwnership } from "./lanesByOwnership";
import { lanesOff } from "./lanesOff";
import { layOutAnew } from "./layOutAnew";
import { linkTo } from "./linkTo";
import { lookAs } from "./lookAs";
import { lookLive } from "./lookLive";
import { mergeWith } from "./mergeWith";
import { moveStageEarlier } from "./moveStageEarlier";
import { moveStageLater } from "./moveStageLater";
import { moveStageLeft } from "./moveStageLeft";
import { moveStageRight } from "./moveStageRight";
import { newMap } from "./new";
import { nextGap } from "./nextGap";
import { nextPane } from "./nextPane";
import { nextSlot } from "./nextSlot";
import { nudgeDown } from "./nudgeDown";
import { nudgeLeft } from "./nudgeLeft";
import { nudgeRight } from "./nudgeRight";
import { nudgeUp } from "./nudgeUp";
import { open } from "./open";
import { openSample } from "./openSample";
import { palette } from "./palette";
import { paste } from "./paste";
import { perform } from "./perform";
import { present } from "./present";
import { previousGap } from "./previousGap";
import { previousPane } from "./previousPane";
import { redo } from "./redo";
import { rename } from "./rename";
import { renameStage } from "./renameStage";
import { rules } from "./rules";
import { saveAs } from "./saveAs";
import { saveCopy } from "./saveCopy";
import { saveCopyWithoutHistory } from "./saveCopyWithoutHistory";
import { saveNow } from "./saveNow";
import { selectAll } from "./selectAll";
import { selectLink } from "./selectLink";
import { showConflicts } from "./showConflicts";
import { showGaps } from "./showGaps";
import { showInspector } from "./showInspector";
import { stopReading } from "./stopReading";
import { takeSlot } from "./takeSlot";
import { themeContrast } from "./themeContrast";
import { themeDark } from "./themeDark";
import { themeLight } from "./themeLight";
import { themeSystem } from "./themeSystem";
import { tidy } from "./tidy";
import { toDestination } from "./toDestination";
import { toggleOutline } from "./toggleOutline";
import { toggleSlots } from "./toggleSlots";
import { undo } from "./undo";
import { unfoldStages } from "./unfoldStages";
import { viewCoverage } from "./viewCoverage";
import { viewHistory } from "./viewHistory";
import { viewMap } from "./viewMap";
import { walkDown } from "./walkDown";
import { walkDownstream } from "./walkDownstream";
import { walkUp } from "./walkUp";
import { walkUpstream } from "./walkUpstream";
import { whyGap } from "./whyGap";
import { zoom100 } from "./zoom100";
import { zoomFit } from "./zoomFit";
import { zoomIn } from "./zoomIn";
import { zoomOut } from "./zoomOut";
import { zoomSelection } from "./zoomSelection";

export type { Action, Group, Scope } from "./action";

export const actions: readonly Action[] = [
  newMap,
  open,
  openSample,
  saveNow,
  saveAs,
  saveCopy,
  saveCopyWithoutHistory,
  keepVersion,
  mergeWith,
  importFrom,
  exportAs,
  undo,
  redo,
  cut,
  copy,
  paste,
  copyPicture,
  addDestination,
  addUnlinked,
  addUpstream,
  addDownstream,
  takeSlot,
  addSibling,
  linkTo,
  changeTarget,
  changeStart,
  rename,
  duplicate,
  deleteSelection,
  moveStageLeft,
  moveStageRight,
  selectAll,
  deselect,
  alignLeft,
  alignAcross,
  alignRight,
  alignTop,
  alignDown,
  alignBottom,
  distributeDown,
  nudgeLeft,
  nudgeRight,
  nudgeUp,
  nudgeDown,
  tidy,
  layOutAnew,
  walkUpstream,
  walkDownstream,
  walkUp,
  walkDown,
  extendUpstream,
  extendDownstream,
  extendUp,
  extendDown,
  selectLink,
  toDestination,
  nextSlot,
  addStage,
  renameStage,
  moveStageEarlier,
  moveStageLater,
  deleteStage,
  foldStage,
  unfoldStages,
  nextGap,
  previousGap,
  fixGap,
  whyGap,
  rules,
  find,
  viewMap,
  viewCoverage,
  viewHistory,
  compareFile,
  showConflicts,
  lookAs,
  lookLive,
  stopReading,
  present,
  zoomFit,
  zoomSelection,
  zoom100,
  zoomIn,
  zoomOut,
  lanesOff,
  lanesByChannelGroup,
  lanesByAudience,
  lanesByOwnership,
  lanesByMedia,
  columnsByDistance,
  toggleOutline,
  toggleSlots,
  showInspector,
  showGaps,
  themeSystem,
  themeLight,
  themeDark,
  themeContrast,
  nextPane,
  previousPane,
  palette,
  help,
  about,
];

const byId = new Map(actions.map((action) => [action.id, action]));

export function actionById(id: string): Action | undefined {
  return byId.get(id);
}

/** The key that an action answers to now; null: it has none. */
export function keyOf(id: string): string | null {
  const action = byId.get(id);
  return action ? keys.shown(action) : null;
}

/** Runs an action when it is enabled; answers whether it was. */
export function run(id: string): boolean {
  const action = byId.get(id);
  if (!action?.enabled()) return false;
  perform(action);
  return true;
}
