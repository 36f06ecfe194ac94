/** Asks for another touchpoint that the selected link comes from. */
import { intentions } from "../state/intentions.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const changeStart: Action = {
  id: "changeStart",
  label: "Change start…",
  group: "Edit",
  key: "Shift+T",
  scope: "selection",
  enabled: () => session.canEdit && selection.link !== null,
  run: () => {
    const link = selection.link === null ? undefined : project.link(selection.link);
    if (!link) return;
    intentions.picker = { anchor: link.to, direction: "upstream", mode: "link", at: null, link: link.id };
  },
};
