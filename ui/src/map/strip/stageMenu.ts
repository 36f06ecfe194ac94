/** What the context menu of a stage offers. It means the stage it was opened on, whatever is selected. */
import { removeStage } from "../../actions/deleteStage";
import { canMoveStage, moveStage } from "../../actions/moveStage";
import type { MenuItem } from "../../kit/MenuItems.svelte";
import { frame } from "../../state/frame.svelte";
import { project } from "../../state/project.svelte";
import { session } from "../../state/session.svelte";
import { stageFilter } from "../../state/stageFilter.svelte";

export type StageMenu = { label: string; groups: MenuItem[][] };

/** `rename` and `add` ask for a name in the strip. */
export function stageMenu(id: string, rename: () => void, add: () => void): StageMenu {
  const name = project.stage(id)?.name ?? "";
  const looking = stageFilter.stage === id ? "Show the whole map" : "Show only this stage";
  const folded = frame.isFolded(id);
  const groups = [
    [
      item("filter", looking, () => stageFilter.toggle(id), "Enter"),
      item("fold", folded ? "Unfold stage" : "Fold stage", () => frame.toggle(id), folded ? "+" : "-"),
    ],
  ];
  if (session.canEdit) {
    groups.push(
      [item("rename", "Rename stage", rename, "F2"), item("add", "Add a stage after it", add)],
      ([-1, 1] as const)
        .filter((step) => canMoveStage(id, step))
        .map((step) =>
          step === -1
            ? item("earlier", "Move stage earlier", () => void moveStage(id, -1), "Alt+Shift+ArrowLeft")
            : item("later", "Move stage later", () => void moveStage(id, 1), "Alt+Shift+ArrowRight"),
        ),
      [item("delete", "Delete stage", () => void removeStage(id))],
    );
  }
  return { label: name, groups: groups.filter((group) => group.length > 0) };
}

function item(id: string, label: string, run: () => void, shortcut: string | null = null): MenuItem {
  return { id, label, shortcut, enabled: true, run };
}
