/**
 * The gestures of the pointer as a small state machine: what is going on now, and what an input
 * makes of it. `step` is a pure function; it touches no DOM and no records. What has to be done is
 * handed back as effects, and a drag leaves exactly one.
 */
import type { Hit, Side } from "../hitTest";
import type { Point } from "../scene";

export type Keys = { shift: boolean; control: boolean; alt: boolean };

/** `at` in CSS pixels of the canvas, `place` in map units: a drag stays true while the map pans under it. */
type Where = { at: Point; place: Point };
type Going = Where & { keys: Keys; over: string | null };

export type Input =
  | ({ type: "down"; button: "main" | "middle"; pans: boolean; keys: Keys; hit: Hit } & Where)
  | ({ type: "move" } & Going)
  | ({ type: "up" } & Going)
  | ({ type: "double"; hit: Hit } & Where)
  | ({ type: "menu"; hit: Hit } & Where)
  | { type: "cancel" };

/** Live validity of a link being drawn: null when it may be made, otherwise why not, as a sentence. */
export type LinkRefusal = string | null;

export type World = {
  selected: ReadonlySet<string>;
  readOnly: boolean;
  /** `link`: the link that would be turned; null: a new one. */
  refusal: (from: string, to: string, link: string | null) => LinkRefusal;
  /** What it would mean to drop these cards in a lane, in words; by its place in the list. */
  laned: (cards: readonly string[], lane: number) => { words: string; refused: boolean };
};

export type Gesture =
  | { kind: "idle" }
  | { kind: "pressed"; hit: Hit; at: Point; start: Point; keys: Keys; wasSelected: boolean }
  | { kind: "panning"; last: Point }
  | { kind: "marquee"; start: Point; at: Point; add: boolean }
  | { kind: "dragging"; ids: readonly string[]; lead: string; start: Point; at: Point; free: boolean }
  | {
      kind: "linking";
      card: string;
      side: Side;
      at: Point;
      over: string | null;
      refusal: LinkRefusal;
      /** The link whose other end is in the hand; null: a new one. */
      link: string | null;
    };

export type Effect =
  | { do: "select"; cards: readonly string[]; links: readonly string[]; how: "only" | "toggle" }
  | { do: "marquee"; start: Point; end: Point; add: boolean }
  | { do: "pan"; dx: number; dy: number }
  | { do: "drop"; ids: readonly string[]; lead: string; start: Point; end: Point; free: boolean }
  | { do: "link"; from: string; to: string }
  | { do: "retarget"; link: string; end: "from" | "to"; card: string }
  | { do: "pick"; card: string; side: Side; at: Point }
  | { do: "refused"; why: string }
  | { do: "showGaps"; card: string }
  | { do: "fill"; slot: string }
  | { do: "rename"; card: string }
  | { do: "add"; at: Point }
  | { do: "menu"; at: Point; hit: Hit };

export type Step = { gesture: Gesture; effects: readonly Effect[] };

export const idle: Gesture = { kind: "idle" };
/** A hand trembles: less than this many pixels is a click. */
const tremble = 4;

export function step(gesture: Gesture, input: Input, world: World): Step {
  switch (input.type) {
    case "cancel":
      return { gesture: idle, effects: [] };
    case "down":
      return down(input, world);
    case "move":
      return move(gesture, input, world);
    case "up":
      return up(gesture, input, world);
    case "double":
      return double(input, world);
    case "menu":
      return {
        gesture: idle,
        effects: [...selectForMenu(input.hit, world), { do: "menu", at: input.at, hit: input.hit }],
      };
  }
}

function down(input: Extract<Input, { type: "down" }>, world: World): Step {
  if (input.pans || input.button === "middle") return { gesture: { kind: "panning", last: input.at }, effects: [] };
  const { hit } = input;
  const wasSelected = hit.on === "card" && world.selected.has(hit.id);
  const pressed: Gesture = { kind: "pressed", hit, at: input.at, start: input.place, keys: input.keys, wasSelected };
  // A card answers on the press, not on the release: it must be selected when the drag begins.
  if (hit.on === "card" && !wasSelected && !adds(input.keys))
    return { gesture: pressed, effects: [{ do: "select", cards: [hit.id], links: [], how: "only" }] };
  return { gesture: pressed, effects: [] };
}

function move(gesture: Gesture, input: Extract<Input, { type: "move" }>, world: World): Step {
  switch (gesture.kind) {
    case "panning": {
      const pan = { do: "pan", dx: input.at.x - gesture.last.x, dy: input.at.y - gesture.last.y } as const;
      return { gesture: { kind: "panning", last: input.at }, effects: [pan] };
    }
    case "marquee":
      return { gesture: { ...gesture, at: input.place }, effects: [] };
    case "dragging":
      return { gesture: { ...gesture, at: input.place, free: input.keys.alt }, effects: [] };
    case "linking":
      return { gesture: linking(gesture, input, world), effects: [] };
    case "pressed":
      return far(gesture.at, input.at) ? begin(gesture, input, world) : { gesture, effects: [] };
    case "idle":
      return { gesture, effects: [] };
  }
}

/** The press has become a drag; what was pressed says which. */
function begin(
  pressed: Extract<Gesture, { kind: "pressed" }>,
  input: Extract<Input, { type: "move" }>,
  world: World,
): Step {
  const { hit, start } = pressed;
  const drawn = world.readOnly ? null : drawnFrom(hit);
  if (drawn !== null) return { gesture: linking(drawn, input, world), effects: [] };
  if (hit.on === "card" && !world.readOnly) {
    const added = adds(pressed.keys) && !pressed.wasSelected;
    const ids = pressed.wasSelected ? [...world.selected] : added ? [...world.selected, hit.id] : [hit.id];
    return {
      gesture: { kind: "dragging", ids: [...new Set(ids)], lead: hit.id, start, at: input.place, free: input.keys.alt },
      effects: added ? [{ do: "select", cards: [hit.id], links: [], how: "toggle" }] : [],
    };
  }
  if (hit.on === "ground" || hit.on === "link")
    return { gesture: { kind: "marquee", start, at: input.place, add: adds(pressed.keys) }, effects: [] };
  return { gesture: pressed, effects: [] };
}

function up(gesture: Gesture, input: Extract<Input, { type: "up" }>, world: World): Step {
  switch (gesture.kind) {
    case "pressed":
      return { gesture: idle, effects: click(gesture, world) };
    case "marquee":
      return { gesture: idle, effects: [{ do: "marquee", start: gesture.start, end: input.place, add: gesture.add }] };
    case "dragging": {
      const { ids, lead, start } = gesture;
      return { gesture: idle, effects: [{ do: "drop", ids, lead, start, end: input.place, free: input.keys.alt }] };
    }
    case "linking":
      return { gesture: idle, effects: released(linking(gesture, input, world)) };
    case "panning":
    case "idle":
      return { gesture: idle, effects: [] };
  }
}

function click(pressed: Extract<Gesture, { kind: "pressed" }>, world: World): Effect[] {
  const { hit, keys, wasSelected } = pressed;
  const how = adds(keys) ? "toggle" : "only";
  switch (hit.on) {
    case "card":
      if (how === "only" && !wasSelected) return [];
      return [{ do: "select", cards: [hit.id], links: [], how }];
    case "link":
      return [{ do: "select", cards: [], links: [hit.id], how }];
    case "badge":
      return [{ do: "showGaps", card: hit.id }];
    case "handle":
      return world.readOnly ? [] : [{ do: "pick", card: hit.id, side: hit.side, at: pressed.start }];
    case "ground":
      return how === "toggle" ? [] : [{ do: "select", cards: [], links: [], how: "only" }];
    case "slot":
      return [{ do: "fill", slot: hit.id }];
    case "end":
      return [];
  }
}

type Linking = Extract<Gesture, { kind: "linking" }>;

/** A handle draws a new link; the end of a link turns that one about its other end. */
function drawnFrom(hit: Hit): Pick<Linking, "card" | "side" | "link"> | null {
  if (hit.on === "handle") return { card: hit.id, side: hit.side, link: null };
  if (hit.on === "end") return { card: hit.fixed, side: hit.end === "to" ? "right" : "left", link: hit.id };
  return null;
}

function linking(
  { card, side, link }: Pick<Linking, "card" | "side" | "link">,
  input: { place: Point; over: string | null },
  world: World,
): Linking {
  const [from, to] = side === "right" ? [card, input.over] : [input.over, card];
  const refusal = from === null || to === null ? null : world.refusal(from, to, link);
  return { kind: "linking", card, side, at: input.place, over: input.over, refusal, link };
}

/**
 * Dropped on a card: a link. On empty ground: the picker opens there, and a link that was to be turned stays as it
 * was. Back on its own card: nothing.
 */
function released(gesture: Linking): Effect[] {
  const { card, side, over, at, refusal, link } = gesture;
  if (over === null) return link === null ? [{ do: "pick", card, side, at }] : [];
  if (over === card) return [];
  if (refusal !== null) return [{ do: "refused", why: refusal }];
  if (link !== null) return [{ do: "retarget", link, end: side === "right" ? "to" : "from", card: over }];
  return [side === "right" ? { do: "link", from: card, to: over } : { do: "link", from: over, to: card }];
}

/** On a card: its name; on the ground: a new card, of the stage whose column that is. */
function double({ hit, place }: Extract<Input, { type: "double" }>, world: World): Step {
  if (world.readOnly) return { gesture: idle, effects: [] };
  if (hit.on === "card") return { gesture: idle, effects: [{ do: "rename", card: hit.id }] };
  return { gesture: idle, effects: hit.on === "ground" ? [{ do: "add", at: place }] : [] };
}

/** A context menu speaks about what it was opened on, so that becomes the selection first. */
function selectForMenu(hit: Hit, world: World): Effect[] {
  if (hit.on === "link" || hit.on === "end") return [{ do: "select", cards: [], links: [hit.id], how: "only" }];
  if (hit.on === "ground") return [{ do: "select", cards: [], links: [], how: "only" }];
  if (hit.on === "slot" || world.selected.has(hit.id)) return [];
  return [{ do: "select", cards: [hit.id], links: [], how: "only" }];
}

/** Shift and Ctrl both add to the selection, as people have it in their fingers from elsewhere. */
function adds(keys: Keys): boolean {
  return keys.shift || keys.control;
}

function far(a: Point, b: Point): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) >= tremble;
}
