/** Ends the reading under another framework: the map itself again. */
import { reading } from "../state/reading.svelte";
import type { Action } from "./action";
import { backToOwn } from "./lookAs";

export const stopReading: Action = {
  id: "stopReading",
  label: "Back to the map’s own framework",
  group: "View",
  key: "Escape",
  scope: "window",
  enabled: () => reading.framework !== null,
  run: backToOwn,
};
