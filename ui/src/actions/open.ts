/** Opens a file that the planner chooses. */
import { host } from "../ipc";
import { receiveProject } from "../state/receive";
import type { Action } from "./action";
import { attempt } from "./edit";

export const open: Action = {
  id: "open",
  label: "Open…",
  group: "File",
  key: "Ctrl+O",
  scope: "window",
  whileTyping: true,
  enabled: () => true,
  run: async () => {
    const view = await attempt(() => host().openDialog());
    if (view) receiveProject(view);
  },
};

export async function openRecent(id: string): Promise<void> {
  const view = await attempt(() => host().openRecent(id));
  if (view) receiveProject(view);
}
