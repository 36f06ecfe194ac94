/** Says why the gap in hand is one: unfolds its explanation in the list. */
import { announcer } from "../state/announcer.svelte";
import { evidence } from "../state/evidence.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { gapInHand } from "./gapInHand";
import { showGap } from "./walkGaps";

export const whyGap: Action = {
  id: "whyGap",
  label: "Why is this a gap?",
  group: "Gaps",
  key: "Alt+.",
  scope: "window",
  whileTyping: true,
  enabled: () => session.screen === "map" && gapInHand() !== undefined,
  run: () => {
    const gap = gapInHand();
    if (!gap) return;
    showGap(gap);
    const opens = evidence.explained !== gap.key;
    evidence.explained = opens ? gap.key : null;
    // The keyboard stays where it is, so it is read aloud from here.
    if (opens) announcer.say(session.rule(gap.rule)?.paragraph ?? gap.message);
  },
};
