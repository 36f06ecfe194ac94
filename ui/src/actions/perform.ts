/** Runs an action, after cards that are still being nudged have been put down: no move is lost to what comes next. */
import type { Action } from "./action";
import { isNudging, settleNudge } from "./nudge";

export function perform(action: Action): void {
  if (isNudging() && !action.id.startsWith("nudge")) void settleNudge().then(() => action.run());
  else void action.run();
}
