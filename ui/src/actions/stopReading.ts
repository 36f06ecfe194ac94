/** Ends looking at something else than the map as it is: another framework, a state of the past, a comparison. */
import { reading } from "../state/reading.svelte";
import type { Action } from "./action";
import { backToOwn } from "./lookAs";

export const stopReading: Action = {
  id: "stopReading",
  label: "Back to the map itself",
  group: "View",
  key: "Escape",
  scope: "window",
  enabled: () => reading.active,
  run: backToOwn,
};
