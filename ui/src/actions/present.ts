/** Presents the map: the whole window tells its story step by step. Two states in one picture are no story. */
import { dialogs } from "../state/dialogs.svelte";
import { presentation } from "../state/presentation.svelte";
import { project } from "../state/project.svelte";
import { reading } from "../state/reading.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const present: Action = {
  id: "present",
  label: "Present",
  group: "View",
  key: "F5",
  scope: "window",
  whileTyping: true,
  enabled: () => session.screen === "map" && project.touchpointIds.length > 0 && reading.comparison === null,
  run: () => {
    dialogs.close();
    presentation.begin();
  },
};
