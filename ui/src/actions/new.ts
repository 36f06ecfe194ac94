/** Asks for a framework and a title; the dialog then makes the map with `createMap`. */
import { host } from "../ipc";
import { canvasDoor } from "../state/canvas.svelte";
import { dialogs } from "../state/dialogs.svelte";
import { receiveProject } from "../state/receive";
import type { Action } from "./action";
import { attempt } from "./edit";

export const newMap: Action = {
  id: "new",
  label: "New map…",
  group: "File",
  key: "Ctrl+N",
  scope: "window",
  whileTyping: true,
  enabled: () => true,
  run: () => dialogs.show({ kind: "newMap" }),
};

/** Answers whether the map was made. */
export async function createMap(framework: string, title: string): Promise<boolean> {
  const view = await attempt(() => host().newProject(framework, title.trim() || "Untitled map"));
  if (view === null) return false;
  receiveProject(view);
  canvasDoor.current?.focus();
  return true;
}
