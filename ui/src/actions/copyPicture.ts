/** Copies a picture of the selected touchpoints, or of the whole map, to the clipboard: in the lanes that are seen. */
import { host } from "../ipc";
import { frame } from "../state/frame.svelte";
import { panes } from "../state/panes.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";
import type { Action } from "./action";
import { attempt } from "./edit";

export const copyPicture: Action = {
  id: "copyPicture",
  label: "Copy as a picture",
  group: "Edit",
  key: "Alt+Shift+C",
  scope: "window",
  enabled: () => session.screen === "map",
  run: async () => {
    const ids = [...selection.touchpoints];
    const copied = await attempt(async () => {
      const part = ids.length > 0 ? { kind: "touchpoints" as const, ids } : { kind: "whole" as const };
      await host().copyPicture(part, panes.shownTheme === "dark", frame.pictured);
      return true;
    });
    if (copied)
      toasts.show(ids.length > 0 ? "A picture of the selection is copied." : "A picture of the map is copied.");
  },
};
