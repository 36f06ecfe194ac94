/** What the context menu of the map offers, by what it was opened on: actions that can be done now, no others. */
import { actionById, keyOf } from "../actions";
import { perform } from "../actions/perform";
import { stageInHand } from "../actions/stageInHand";
import { fillSlot } from "../actions/takeSlot";
import type { MenuItem } from "../kit/MenuItems.svelte";
import { frame } from "../state/frame.svelte";
import { gaps } from "../state/gaps.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { slots } from "../state/slots.svelte";
import { counted } from "../state/words";
import { showGaps } from "./deeds";
import type { Hit } from "./hitTest";

const onCard = [
  ["addUpstream", "addDownstream", "addSibling", "linkTo"],
  ["rename", "cut", "copy", "paste", "duplicate"],
  ["moveStageLeft", "moveStageRight", "tidy"],
  ["zoomSelection"],
  ["delete"],
];
const onCards = [
  ["cut", "copy", "paste", "duplicate"],
  ["alignLeft", "alignTop", "alignDown", "distribute", "tidy"],
  ["moveStageLeft", "moveStageRight"],
  ["zoomSelection"],
  ["delete"],
];
const onLink = [["changeTarget", "changeStart"], ["showInspector"], ["delete"]];
const onGround = [
  ["addDestination", "addUnlinked", "addStage"],
  ["foldStage", "unfoldStages"],
  ["renameStage", "moveStageEarlier", "moveStageLater", "deleteStage"],
  ["paste", "selectAll", "find"],
  ["zoomFit", "zoom100", "layOutAnew"],
];

export type MapMenu = { label: string; groups: MenuItem[][] };

/** The selection is on the hit already. */
export function menuFor(hit: Hit, nameOf: (id: string) => string): MapMenu {
  if (hit.on === "ground") return { label: "Map", groups: offered(onGround).map((group) => group.map(withStage)) };
  if (hit.on === "slot") return slotMenu(hit.id);
  if (hit.on === "link" || hit.on === "end") return { label: "Link", groups: offered(onLink) };
  const { size } = selection.touchpoints;
  if (size > 1) return { label: counted(size, "touchpoint"), groups: offered(onCards) };
  const groups = offered(onCard);
  const found = gaps.byTouchpoint(hit.id).length;
  if (found > 0) groups.splice(-2, 0, [gapsItem(hit.id, found)]);
  return { label: nameOf(hit.id), groups };
}

function slotMenu(id: string): MapMenu {
  const slot = slots.byId(id);
  const label = slot?.channel ? `Add ${slot.channel.name}` : "Answer";
  const fill = slot ? [[{ id: "fill", label, enabled: true, run: () => void fillSlot(slot) }]] : [];
  return { label: slot?.question ?? "", groups: [...fill, ...offered([["toggleSlots"]])] };
}

/** Which stage is meant has to be said once. */
function withStage(item: MenuItem): MenuItem {
  const stage = project.stage(stageInHand());
  if (item.id === "renameStage" && stage) return { ...item, label: `${item.label} “${stage.name}”` };
  const folding = frame.isFolded(stage?.id ?? null) ? "Unfold" : "Fold";
  return item.id === "foldStage" && stage ? { ...item, label: `${folding} “${stage.name}”` } : item;
}

function gapsItem(id: string, found: number): MenuItem {
  const label = found === 1 ? "Show its gap" : `Show its ${counted(found, "gap")}`;
  return { id: "gaps", label, enabled: true, run: () => showGaps(id) };
}

function offered(groups: readonly (readonly string[])[]): MenuItem[][] {
  return groups.map((ids) => ids.flatMap(itemFor)).filter((items) => items.length > 0);
}

function itemFor(id: string): MenuItem[] {
  const action = actionById(id);
  if (!action?.enabled()) return [];
  return [{ id, label: action.label, shortcut: keyOf(id), enabled: true, run: () => perform(action) }];
}
