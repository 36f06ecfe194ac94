/** Asks for another touchpoint that the selected link leads to. */
import { intentions } from "../state/intentions.svelte";
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

export const changeTarget: Action = {
  id: "changeTarget",
  label: "Change target…",
  group: "Edit",
  key: "T",
  scope: "selection",
  enabled: () => session.canEdit && selection.link !== null,
  run: () => {
    const link = selection.link === null ? undefined : project.link(selection.link);
    if (!link) return;
    intentions.picker = { anchor: link.from, direction: "downstream", mode: "link", at: null, link: link.id };
  },
};
