/** Shows what drawing backward asks next as ready slots on the map, or leaves the map as it is. Kept on this computer. */
import { announcer } from "../state/announcer.svelte";
import { session } from "../state/session.svelte";
import { slots } from "../state/slots.svelte";
import type { Action } from "./action";

export const toggleSlots: Action = {
  id: "toggleSlots",
  label: "Show or hide ready slots",
  group: "View",
  key: "Shift+S",
  scope: "map",
  enabled: () => session.canEdit,
  run: () => {
    slots.show(!slots.shown);
    announcer.say(slots.shown ? "Ready slots are shown." : "Ready slots are put away.");
  },
};
