/**
 * Runs an action, after cards that are still being nudged have been put down: no move is lost to what comes next. What
 * is pressed while a new card is seen but not yet in the map is meant for that card, and waits for it.
 */
import type { Action } from "./action";
import { isNudging, settleNudge } from "./nudge";
import { arrival } from "./pick";

export function perform(action: Action): void {
  const arriving = action.group === "View" ? null : arrival();
  // Whether it was added or refused: what could not be added has been told.
  if (arriving !== null) void arriving.catch(() => undefined).then(() => action.enabled() && perform(action));
  else if (isNudging() && !action.id.startsWith("nudge")) void settleNudge().then(() => action.run());
  else void action.run();
}
