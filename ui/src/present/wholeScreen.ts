/**
 * The whole screen while the map is presented, where the system grants it; without, the window as it is does. Wishes
 * are kept in order, so that a short look leaves the window as it was.
 */
import { host } from "../ipc";

/** Answers how to give the screen back. */
export function takeScreen(): () => void {
  const before = host()
    .fullScreen(true)
    .catch(() => null);
  return () => void before.then((had) => (had === null ? null : host().fullScreen(false))).catch(() => null);
}
