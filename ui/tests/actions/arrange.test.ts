/** Cards put in order: aligned, spaced, nudged, tidied, and the whole map laid out anew. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { run } from "../../src/actions";
import { moveTouchpoints } from "../../src/actions/edit";
import { settleNudge } from "../../src/actions/nudge";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import { type Canvas, canvasDoor } from "../../src/state/canvas.svelte";
import { layout } from "../../src/state/layout.svelte";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { openMap, revisionAfter, settled } from "../harness";

let host: MemoryHost;
let carried: ReadonlyMap<string, { x: number; y: number }> = new Map();

beforeEach(async () => {
  host = await openMap("escape-my-house");
  canvasDoor.current = {
    carry: (places: typeof carried) => {
      carried = places;
    },
    settle: () => {},
    reveal: () => {},
    zoomToFit: () => {},
  } as unknown as Canvas;
});

afterEach(() => {
  canvasDoor.current = null;
});

const place = (id: string) => {
  const card = layout.card(id);
  return card ? { x: card.x, y: card.y } : undefined;
};
const tops = (...ids: string[]) => ids.map((id) => place(id)?.y);

/** One step, however many cards it moves. */
async function inOneStep(work: () => unknown): Promise<void> {
  const apply = vi.spyOn(host, "applyEdits");
  await revisionAfter(work);
  expect(apply).toHaveBeenCalledTimes(1);
  apply.mockRestore();
}

test("left and right edges are shared within a column, and no card leaves its own", async () => {
  await moveTouchpoints(["fb"], { positions: new Map([["fb", [20, 36]]]) });
  selection.selectMany(["fb", "tvc", "vr"]);
  await inOneStep(() => run("alignLeft"));
  expect(place("tvc")?.x).toBe(20);
  const explore = layout.column("explore");
  expect(place("vr")?.x).toBeGreaterThanOrEqual(explore?.x ?? 0);
  await revisionAfter(() => run("undo"));
  expect(place("tvc")?.x).not.toBe(20);
});

test("on one level, cards of one column stand below each other instead of upon each other", async () => {
  selection.selectMany(["tvc", "radio", "planner"]);
  const top = Math.min(...(tops("tvc", "radio", "planner") as number[]));
  await inOneStep(() => run("alignTop"));
  expect(tops("planner", "tvc")).toEqual([top, top]);
  expect((place("radio")?.y ?? 0) - top).toBeGreaterThanOrEqual(layout.cardHeight);
});

test("cards of one column that stand side by side share a level, and are spaced each with those above it", async () => {
  const { x = 0 } = layout.column("discover") ?? {};
  const beside = x + 12 + layout.cardWidth;
  const positions = new Map([
    ["fb", [x + 4, 200]],
    ["tvc", [beside, 340]],
    ["breakfast", [x + 4, 400]],
    ["radio", [x + 4, 900]],
  ] as const);
  await moveTouchpoints([...positions.keys()], { positions });
  selection.selectMany([...positions.keys()]);
  await inOneStep(() => run("distribute"));
  expect(tops("fb", "tvc", "breakfast", "radio")).toEqual([200, 340, 550, 900]);
  selection.selectMany(["fb", "tvc"]);
  await inOneStep(() => run("alignTop"));
  expect(tops("fb", "tvc")).toEqual([200, 200]);
});

test("evenly spaced between the topmost and the lowest", async () => {
  await moveTouchpoints(["breakfast"], { positions: new Map([["breakfast", [52, 900]]]) });
  selection.selectMany(["fb", "tvc", "breakfast"]);
  await inOneStep(() => run("distribute"));
  const [first = 0, middle = 0, last = 0] = tops("fb", "tvc", "breakfast") as number[];
  expect(middle - first).toBeCloseTo(last - middle, 0);
});

test("what stands there already is not pinned by aligning", async () => {
  selection.selectMany(["fb", "tvc"]);
  run("alignLeft");
  await new Promise((go) => setTimeout(go, 10));
  expect(project.touchpoint("fb")?.position).toBeNull();
});

test("tidying lets go of places, and one undo brings them back", async () => {
  await moveTouchpoints(["fb"], { positions: new Map([["fb", [20, 500]]]) });
  selection.selectMany(["tvc"]);
  expect(run("tidy")).toBe(false);
  selection.selectMany(["fb", "tvc"]);
  await inOneStep(() => run("tidy"));
  expect(project.touchpoint("fb")?.position).toBeNull();
  await revisionAfter(() => run("undo"));
  expect(place("fb")).toEqual({ x: 20, y: 500 });
});

test("the whole map is laid out anew where the program says", async () => {
  await moveTouchpoints(["fb"], { positions: new Map([["fb", [20, 500]]]) });
  const view = await host.layOutAnew();
  const elsewhere = { ...view, cards: view.cards.map((card) => ({ ...card, y: card.y + 7, pinned: false })) };
  vi.spyOn(host, "layOutAnew").mockResolvedValue(elsewhere);
  run("layOutAnew");
  await settled(() => place("tvc")?.y === elsewhere.cards.find(({ id }) => id === "tvc")?.y);
  expect(project.touchpoint("fb")?.position).toBeNull();
});

test("presses that follow each other nudge at once and are one step", async () => {
  selection.selectMany(["fb", "tvc"]);
  const before = place("fb");
  const apply = vi.spyOn(host, "applyEdits");
  for (const id of ["nudgeDown", "nudgeDown", "nudgeRight"]) run(id);
  expect(carried.get("fb")).toEqual({ x: (before?.x ?? 0) + 8, y: (before?.y ?? 0) + 16 });
  expect(apply).not.toHaveBeenCalled();
  await revisionAfter(() => settleNudge());
  expect(apply).toHaveBeenCalledTimes(1);
  expect(place("fb")).toEqual({ x: (before?.x ?? 0) + 8, y: (before?.y ?? 0) + 16 });
});

test("undo takes back a nudge that is still in the hand", async () => {
  selection.select("fb");
  const before = place("fb");
  run("nudgeDown");
  await revisionAfter(() => run("undo"));
  await settled(() => session.history.redo !== null);
  expect(place("fb")).toEqual(before);
});

test("a nudge does not lead out of the column", async () => {
  selection.select("fb");
  for (let press = 0; press < 30; press += 1) run("nudgeLeft");
  await revisionAfter(() => settleNudge());
  const column = layout.column("discover");
  expect(place("fb")?.x).toBeGreaterThanOrEqual(column?.x ?? 0);
});

test("cards nudged to the edge keep their places to each other, and the way back begins at once", async () => {
  const column = layout.column("discover");
  selection.select("fb");
  run("nudgeRight");
  await revisionAfter(() => settleNudge());
  selection.selectMany(["fb", "tvc"]);
  const apart = () => (place("fb")?.x ?? 0) - (place("tvc")?.x ?? 0);
  const before = apart();
  for (let press = 0; press < 30; press += 1) run("nudgeLeft");
  const edge = Math.min(carried.get("fb")?.x ?? 0, carried.get("tvc")?.x ?? 0);
  expect(edge).toBe(Math.round((column?.x ?? 0) + 4));
  run("nudgeRight");
  expect(Math.min(carried.get("fb")?.x ?? 0, carried.get("tvc")?.x ?? 0)).toBe(edge + 8);
  await revisionAfter(() => settleNudge());
  expect(apart()).toBe(before);
});

test.each([
  ["a press of the pointer", () => window.dispatchEvent(new Event("pointerdown"))],
  ["leaving the window", () => window.dispatchEvent(new Event("blur"))],
  ["another action", () => run("deselect")],
])("%s puts nudged cards down", async (_, next) => {
  selection.select("fb");
  const apply = vi.spyOn(host, "applyEdits");
  run("nudgeDown");
  next();
  expect(apply).toHaveBeenCalledTimes(1);
  await settled(() => session.history.undo !== null);
});
