/** What the context menu of a gap offers: the same as its card, for the hand that is there already. */
import { offerFixes, reopenGap } from "../actions/fixGap";
import { showGap } from "../actions/walkGaps";
import type { GapView } from "../ipc";
import type { MenuItem } from "../kit/MenuItems.svelte";
import { evidence } from "../state/evidence.svelte";
import { session } from "../state/session.svelte";

/** `askReason` asks why the gap is there on purpose. */
export function gapMenu(gap: GapView, askReason: () => void): MenuItem[][] {
  const explain = () => {
    evidence.explained = gap.key;
  };
  const looking = [item("show", "Show on the map", () => showGap(gap)), item("why", "Why is this a gap?", explain)];
  if (!session.canEdit) return [looking];
  const doing = gap.dismissed
    ? [item("reopen", "Open again", () => void reopenGap(gap))]
    : [item("fix", "Fix…", () => void offerFixes(gap.key)), item("dismiss", "Dismiss…", askReason)];
  return [looking, doing];
}

function item(id: string, label: string, run: () => void): MenuItem {
  return { id, label, enabled: true, run };
}
