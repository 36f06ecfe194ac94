/**
 * What the planner is about to do, before any of it reaches the project: naming a card, picking a touchpoint to
 * add or to link, choosing a fix. Nothing here survives the gesture.
 */
import type { Point } from "./canvas.svelte";

/** upstream: what brings people here; downstream: what comes after; sibling: another way to the same target. */
export type Direction = "upstream" | "downstream" | "sibling";

export type PickerRequest = {
  /** The touchpoint that the new one stands behind, after or beside; null: the map is still empty or none is meant. */
  anchor: string | null;
  direction: Direction;
  /** add: channels and existing touchpoints. link: existing touchpoints only. destination: channels that people end up in. */
  mode: "add" | "link" | "destination";
  /** Where the picker opens, in CSS pixels of the window; null: beside the anchor's card. */
  at: Point | null;
  /** The link whose other end is asked for, when one is turned rather than made: its end at the anchor stays. */
  link?: string;
  /** What a new destination is for; ultimate when left out. */
  rank?: "ultimate" | "intermediate";
  /** The stage a new touchpoint belongs to, when a gesture said so (a link dropped on a column). */
  stage?: string | null;
};

class Intentions {
  /** The touchpoint whose name is being typed over its card. */
  renaming = $state.raw<string | null>(null);
  picker = $state.raw<PickerRequest | null>(null);
  /** The stage whose name is being typed in the outline. */
  renamingStage = $state.raw<string | null>(null);
  /** The stage whose name is being typed in the header strip. */
  renamingInStrip = $state.raw<string | null>(null);
  /** The audience whose fields are unfolded in the inspector. */
  audience = $state.raw<string | null>(null);
  /** The gap whose fixes are offered in a menu. */
  fixing = $state.raw<string | null>(null);
  /** The stage that the outline stands on. */
  stage = $state.raw<string | null>(null);
}

export const intentions = new Intentions();
