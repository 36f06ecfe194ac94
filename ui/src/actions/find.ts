/** Finds a touchpoint by its name and goes there. */
import { dialogs } from "../state/dialogs.svelte";
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const find: Action = {
  id: "find",
  label: "Find…",
  group: "View",
  key: "Ctrl+F",
  scope: "window",
  whileTyping: true,
  enabled: () => session.screen === "map" && project.touchpointIds.length > 0,
  run: () => dialogs.show({ kind: "find" }),
};
