/** Selects a link of the selected touchpoint; again, the next one of that touchpoint. */
import { project } from "../state/project.svelte";
import { selection } from "../state/selection.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";
import { goToLink, linksOf } from "./walkLinks";

/** The touchpoint whose links are gone through, for as long as one of them is selected. */
let hub: string | null = null;

export const selectLink: Action = {
  id: "selectLink",
  label: "Select its next link",
  group: "Walk",
  key: "K",
  scope: "selection",
  enabled: () => session.screen === "map" && (selection.link !== null || linksOfSelected().length > 0),
  run: () => {
    const links = hubLinks();
    const next = links[(links.indexOf(selection.link ?? "") + 1) % links.length];
    if (next !== undefined) goToLink(next);
  },
};

function linksOfSelected(): string[] {
  return selection.touchpoint === null ? [] : linksOf(selection.touchpoint);
}

function hubLinks(): string[] {
  if (selection.touchpoint !== null) {
    hub = selection.touchpoint;
    return linksOf(hub);
  }
  const links = hub === null ? [] : linksOf(hub);
  if (links.includes(selection.link ?? "")) return links;
  hub = project.link(selection.link ?? "")?.from ?? null;
  return hub === null ? [] : linksOf(hub);
}
