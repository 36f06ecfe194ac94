import { describe, expect, test } from "vitest";
import { type Effect, type Gesture, type Input, idle, step, type World } from "../../src/map/gestures/gesture";
import type { Hit } from "../../src/map/hitTest";

const none = { shift: false, control: false, alt: false };
const shift = { ...none, shift: true };
const control = { ...none, control: true };
const card = (id: string): Hit => ({ on: "card", id });
const ground: Hit = { on: "ground" };

const p = (x: number, y: number) => ({ at: { x, y }, place: { x, y } });
const down = (x: number, y: number, hit: Hit, more: Partial<Extract<Input, { type: "down" }>> = {}): Input => ({
  type: "down",
  ...p(x, y),
  button: "main",
  pans: false,
  keys: none,
  hit,
  ...more,
});
const move = (x: number, y: number, over: string | null = null): Input => ({
  type: "move",
  ...p(x, y),
  keys: none,
  over,
});
const up = (x: number, y: number, over: string | null = null): Input => ({ type: "up", ...p(x, y), keys: none, over });

const world: World = {
  selected: new Set(["s1", "s2"]),
  readOnly: false,
  refusal: (from, to) => (from === to ? "itself" : to === "taken" ? "already" : null),
  laned: () => ({ words: "", refused: false }),
};

function play(inputs: Input[], in_: World = world): { effects: Effect[]; gesture: Gesture } {
  let gesture: Gesture = idle;
  const effects: Effect[] = [];
  for (const input of inputs) {
    const next = step(gesture, input, in_);
    gesture = next.gesture;
    effects.push(...next.effects);
  }
  return { effects, gesture };
}

const select = (cards: string[], links: string[] = [], how: "only" | "toggle" = "only"): Effect => ({
  do: "select",
  cards,
  links,
  how,
});
const end = (which: "from" | "to"): Hit => ({ on: "end", id: "l", end: which, fixed: "a" });
const handle = (side: "left" | "right"): Hit => ({ on: "handle", id: "a", side });

const cases: [string, Input[], Effect[]][] = [
  ["click selects", [down(0, 0, card("a")), up(0, 0)], [select(["a"])]],
  ["shift+click adds or takes away", [down(0, 0, card("a"), { keys: shift }), up(0, 0)], [select(["a"], [], "toggle")]],
  ["ctrl+click does, too", [down(0, 0, card("s1"), { keys: control }), up(0, 0)], [select(["s1"], [], "toggle")]],
  [
    "ctrl+click on a link adds it or takes it away",
    [down(0, 0, { on: "link", id: "l" }, { keys: control }), up(0, 0)],
    [select([], ["l"], "toggle")],
  ],
  ["click on one of several selects it alone", [down(0, 0, card("s1")), up(1, 1)], [select(["s1"])]],
  ["click on a link", [down(0, 0, { on: "link", id: "l" }), up(0, 0)], [select([], ["l"])]],
  ["click on the ground clears", [down(0, 0, ground), up(0, 0)], [select([])]],
  ["shift+click on the ground changes nothing", [down(0, 0, ground, { keys: shift }), up(0, 0)], []],
  ["a trembling hand is a click", [down(0, 0, card("a")), move(2, 2), up(2, 2)], [select(["a"])]],
  [
    "click on a badge shows its gaps",
    [down(0, 0, { on: "badge", id: "a" }), up(0, 0)],
    [{ do: "showGaps", card: "a" }],
  ],
  [
    "dragging an unselected card drops it alone, in one effect",
    [down(0, 0, card("a")), move(10, 0), move(50, 20), up(60, 30)],
    [select(["a"]), { do: "drop", ids: ["a"], lead: "a", start: { x: 0, y: 0 }, end: { x: 60, y: 30 }, free: false }],
  ],
  [
    "dragging a selected card takes the whole selection",
    [down(0, 0, card("s2")), move(10, 0), up(60, 30)],
    [{ do: "drop", ids: ["s1", "s2"], lead: "s2", start: { x: 0, y: 0 }, end: { x: 60, y: 30 }, free: false }],
  ],
  [
    "shift+drag takes the card along with the selection",
    [down(0, 0, card("a"), { keys: shift }), move(10, 0), up(60, 30)],
    [
      select(["a"], [], "toggle"),
      { do: "drop", ids: ["s1", "s2", "a"], lead: "a", start: { x: 0, y: 0 }, end: { x: 60, y: 30 }, free: false },
    ],
  ],
  [
    "a marquee",
    [down(5, 5, ground), move(20, 20), up(40, 30)],
    [{ do: "marquee", start: { x: 5, y: 5 }, end: { x: 40, y: 30 }, add: false }],
  ],
  [
    "a marquee with ctrl adds to what is selected",
    [down(5, 5, ground, { keys: control }), move(20, 20), up(40, 30)],
    [{ do: "marquee", start: { x: 5, y: 5 }, end: { x: 40, y: 30 }, add: true }],
  ],
  [
    "the end of a link to another card: it leads there",
    [down(0, 0, end("to")), move(30, 0), up(60, 0, "b")],
    [{ do: "retarget", link: "l", end: "to", card: "b" }],
  ],
  [
    "the start of a link to another card: it comes from there",
    [down(0, 0, end("from")), move(30, 0), up(60, 0, "b")],
    [{ do: "retarget", link: "l", end: "from", card: "b" }],
  ],
  ["the end of a link on empty ground: it stays as it was", [down(0, 0, end("to")), move(30, 0), up(60, 0)], []],
  [
    "the end of a link where it may not lead: told why",
    [down(0, 0, end("to")), move(30, 0), up(60, 0, "taken")],
    [{ do: "refused", why: "already" }],
  ],
  ["a click on the end of a link changes nothing", [down(0, 0, end("to")), up(0, 0)], []],
  [
    "space or two fingers pan",
    [down(0, 0, card("a"), { pans: true }), move(3, 4), move(5, 5), up(5, 5)],
    [
      { do: "pan", dx: 3, dy: 4 },
      { do: "pan", dx: 2, dy: 1 },
    ],
  ],
  ["the middle button pans", [down(0, 0, ground, { button: "middle" }), move(9, 0)], [{ do: "pan", dx: 9, dy: 0 }]],
  [
    "right handle to a card: a link onward",
    [down(0, 0, handle("right")), move(50, 0), up(90, 0, "b")],
    [{ do: "link", from: "a", to: "b" }],
  ],
  [
    "left handle to a card: a link from there",
    [down(0, 0, handle("left")), move(-50, 0), up(-90, 0, "b")],
    [{ do: "link", from: "b", to: "a" }],
  ],
  [
    "a duplicate is refused with its reason",
    [down(0, 0, handle("right")), move(50, 0), up(90, 0, "taken")],
    [{ do: "refused", why: "already" }],
  ],
  ["back on its own card: nothing", [down(0, 0, handle("right")), move(50, 0), up(9, 0, "a")], []],
  [
    "on empty ground the picker opens there",
    [down(0, 0, handle("left")), move(-50, 0), up(-90, 5)],
    [{ do: "pick", card: "a", side: "left", at: { x: -90, y: 5 } }],
  ],
  [
    "a click on a handle opens the picker",
    [down(0, 0, handle("right")), up(0, 0)],
    [{ do: "pick", card: "a", side: "right", at: { x: 0, y: 0 } }],
  ],
  [
    "double click on the ground adds",
    [{ type: "double", ...p(5, 6), hit: ground }],
    [{ do: "add", at: p(5, 6).place }],
  ],
  ["double click renames", [{ type: "double", ...p(0, 0), hit: card("a") }], [{ do: "rename", card: "a" }]],
  [
    "a context menu speaks about what it is opened on",
    [{ type: "menu", ...p(3, 4), hit: card("a") }],
    [select(["a"]), { do: "menu", at: { x: 3, y: 4 }, hit: card("a") }],
  ],
  [
    "a context menu on the selection keeps it",
    [{ type: "menu", ...p(3, 4), hit: card("s1") }],
    [{ do: "menu", at: { x: 3, y: 4 }, hit: card("s1") }],
  ],
];

test.each(cases)("%s", (_, inputs, effects) => {
  const played = play(inputs);
  expect(played.effects).toEqual(effects);
});

test.each([
  ["drag", [down(0, 0, card("s1")), move(30, 0)]],
  ["link", [down(0, 0, handle("right")), move(30, 0)]],
  ["marquee", [down(0, 0, ground), move(30, 0)]],
])("Escape calls a %s off without a trace", (_, inputs) => {
  expect(play([...inputs, { type: "cancel" }, up(90, 0)])).toEqual({ effects: [], gesture: idle });
});

test("while a link is drawn, its validity shows", () => {
  const over = (id: string) => play([down(0, 0, handle("right")), move(30, 0), move(40, 0, id)]).gesture;
  expect(over("taken")).toMatchObject({ kind: "linking", over: "taken", refusal: "already" });
  expect(over("b")).toMatchObject({ refusal: null });
});

describe("a file that can only be read", () => {
  const locked = { ...world, readOnly: true };
  test.each([
    ["cards stay", [down(0, 0, card("s1")), move(30, 0), up(30, 0)], [select(["s1"])]],
    ["handles do nothing", [down(0, 0, handle("right")), move(30, 0), up(30, 0)], []],
    ["nothing is added", [{ type: "double", ...p(0, 0), hit: ground } as Input], []],
    ["names stay", [{ type: "double", ...p(0, 0), hit: card("a") } as Input], []],
  ])("%s", (_, inputs, effects) => expect(play(inputs, locked).effects).toEqual(effects));
});
