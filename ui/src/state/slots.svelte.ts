/**
 * Ready slots: what drawing backward asks next, shown on the map as places to fill. They follow from the map alone and
 * are never stored; whether they are shown at all is kept on this computer. It fills none of them.
 */
import type { ChannelView, TouchpointRecord } from "../ipc";
import { evidence } from "./evidence.svelte";
import { frame } from "./frame.svelte";
import { layout } from "./layout.svelte";
import { project } from "./project.svelte";
import { type Primary, selection } from "./selection.svelte";
import { session } from "./session.svelte";
import { type Area, questionOver, slotHeight, slotPlaces } from "./slotPlaces";
import { type Asked, askedOf, questions, usualFor, usualStage } from "./usual";

export type Slot = Area & {
  id: string;
  /** The touchpoint that what fills the slot would lead to. */
  anchor: string;
  question: string;
  /** What would be added; null: the slot only asks, and leads to the anchor, or to the picker where that is selected. */
  channel: ChannelView | null;
};

const shownKey = "backcast.ready-slots";
/** A touchpoint with this many drivers has been thought about. */
const enough = 3;
/** On a map of more touchpoints than this only the selection asks; others ask while the map is being begun. */
const young = 24;
const mostAsking = 3;
/** One and the same, so that a selection without slots stirs nobody who lists them. */
const none: readonly Slot[] = [];

class Slots {
  shown = $state.raw(localStorage.getItem(shownKey) !== "hidden");
  /** The slot that the keyboard stands on, as long as what was selected then still is. */
  #current = $state.raw<{ id: string; selected: Primary | null } | null>(null);

  readonly list: readonly Slot[] = $derived(this.shown && session.canEdit ? readySlots() : none);

  /** Lit evidence veils the map, and no slot is seen behind it. */
  get visible(): boolean {
    return this.list.length > 0 && evidence.lit === null;
  }

  get current(): Slot | undefined {
    const held = this.#current;
    return held === null || !this.visible || held.selected !== selection.primary ? undefined : this.byId(held.id);
  }

  byId(id: string): Slot | undefined {
    return this.list.find((slot) => slot.id === id);
  }

  /** Those that lead to one touchpoint. */
  of(anchor: string): readonly Slot[] {
    return this.list === none ? none : this.list.filter((slot) => slot.anchor === anchor);
  }

  standOn(id: string | null): void {
    this.#current = id === null ? null : { id, selected: selection.primary };
  }

  show(shown: boolean): void {
    this.shown = shown;
    localStorage.setItem(shownKey, shown ? "shown" : "hidden");
  }
}

function readySlots(): readonly Slot[] {
  const selected = selection.touchpoint === null ? undefined : project.touchpoint(selection.touchpoint);
  if (layout.cardWidth === 0 || !(isYoung() || (selected && wantedBy(selected) > 0))) return none;
  const taken = cardAreas();
  const here = selected ? channelSlots(selected, taken) : [];
  taken.push(...here, ...questionArea(here));
  const elsewhere = askingSlots(selected?.id ?? null, taken);
  return here.length + elsewhere.length === 0 ? none : [...here, ...elsewhere];
}

function cardAreas(): Area[] {
  const { cardWidth: width, cardHeight: height } = layout;
  return [...layout.cards.values()].map(({ x, y }) => ({ x, y, width, height }));
}

/** Where the question stands that is asked over channels: no other slot comes between. */
function questionArea(slots: readonly Slot[]): Area[] {
  const [top] = slots.filter(({ channel }) => channel !== null).sort((one, other) => one.y - other.y);
  const { height } = questionOver;
  return top === undefined ? [] : [{ x: top.x, y: top.y - height, width: top.width, height }];
}

/** How many drivers a touchpoint could still do with. */
function wantedBy({ id }: TouchpointRecord): number {
  const count = project.incoming(id).length;
  return isYoung() ? enough - count : count === 0 ? enough : 0;
}

/** The usual channels behind the selected touchpoint, fewer the more drivers it has; where none is usual, the question. */
function channelSlots(anchor: TouchpointRecord, taken: readonly Area[]): Slot[] {
  const asked = askedOf(anchor);
  const stage = usualStage(anchor, "upstream");
  const drivers = driversOf(anchor.id);
  const most = wantedBy(anchor);
  if (asked === null || !stage || most <= 0) return [];
  const without = new Set([anchor, ...drivers].map(({ channel }) => channel ?? ""));
  const usual = usualFor(asked, stage, without, most);
  return placed(anchor, asked, usual.length > 0 || drivers.length > 0 ? usual : [null], stage.id, taken);
}

/** One slot for each other touchpoint that nothing leads to yet. */
function askingSlots(selected: string | null, taken: Area[]): Slot[] {
  if (!isYoung()) return [];
  const slots: Slot[] = [];
  for (const anchor of inOrder()) {
    const asked = askedOf(anchor);
    const stage = usualStage(anchor, "upstream");
    if (anchor.id === selected || asked === null || !stage || project.incoming(anchor.id).length > 0) continue;
    const [slot] = placed(anchor, asked, [null], stage.id, taken);
    if (slot === undefined) continue;
    slots.push(slot);
    taken.push(slot);
    if (slots.length === mostAsking) break;
  }
  return slots;
}

function placed(
  anchor: TouchpointRecord,
  asked: Asked,
  channels: readonly (ChannelView | null)[],
  stage: string,
  taken: readonly Area[],
): Slot[] {
  const card = layout.card(anchor.id);
  const column = layout.column(stage);
  if (!card || !column || frame.isFolded(stage) || frame.isFolded(anchor.stage)) return [];
  const { cardWidth: width, cardHeight } = layout;
  const x = column.x + (column.width - width) / 2;
  const places = slotPlaces(x, width, card.y + cardHeight / 2, channels.length, taken);
  return channels.flatMap((channel, at): Slot[] => {
    const place = places[at];
    if (!place) return [];
    const id = `${anchor.id} ${channel?.id ?? ""}`;
    return [{ id, anchor: anchor.id, question: questions[asked], channel, ...place, width, height: slotHeight }];
  });
}

/** Destinations ask before drivers do. */
function inOrder(): TouchpointRecord[] {
  const all = [...project.touchpoints.values()];
  return [...all.filter(({ kind }) => kind === "destination"), ...all.filter(({ kind }) => kind !== "destination")];
}

function driversOf(id: string): TouchpointRecord[] {
  return project.incoming(id).flatMap((link) => project.touchpoint(project.link(link)?.from ?? "") ?? []);
}

function isYoung(): boolean {
  return project.touchpointIds.length <= young;
}

export const slots = new Slots();
