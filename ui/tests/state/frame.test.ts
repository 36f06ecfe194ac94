/** Ways of looking at the map: lanes, folded stages, columns by distance. None of them edits anything. */
import { beforeEach, expect, test } from "vitest";
import { run } from "../../src/actions";
import { moveTouchpoints } from "../../src/actions/edit";
import { canNudge } from "../../src/actions/nudge";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import { SceneSource } from "../../src/map/sceneSource";
import { type Canvas, canvasDoor } from "../../src/state/canvas.svelte";
import { Folding, foldedWidth } from "../../src/state/folding";
import { frame } from "../../src/state/frame.svelte";
import { lanes } from "../../src/state/lanes.svelte";
import { layout } from "../../src/state/layout.svelte";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { stageStrip } from "../../src/state/stageStrip.svelte";
import { openMap, revisionAfter, settled } from "../harness";

let host: MemoryHost;

beforeEach(async () => {
  localStorage.clear();
  host = await openMap("escape-my-house");
  selection.clear();
  canvasDoor.current = { zoomToFit: () => {}, reveal: () => {} } as unknown as Canvas;
});

const places = () => [...layout.cards.values()].map(({ id, x, y }) => ({ id, x, y }));
const first = () => project.stages[0]?.id ?? "";
const inFirst = () => [...project.touchpoints.values()].filter(({ stage }) => stage === first());

async function laned(): Promise<void> {
  run("lanesByAudience");
  await settled(() => layout.lanes.length > 0);
}

test("lanes put every card into the band of its first audience, and off puts all back", async () => {
  const [before, revision] = [places(), project.revision];
  await laned();
  for (const { id, y } of places()) {
    const lane = layout.lanes.find((band) => y >= band.y && y < band.y + band.height);
    expect(lane?.name).toBe(project.touchpoint(id)?.audiences[0] ?? null);
  }
  expect(lanes.list.map(({ words }) => words)).toContain(project.audiences[0]?.name);
  expect(lanes.list.reduce((sum, lane) => sum + lane.touchpoints, 0)).toBe(project.touchpointIds.length);
  expect(run("lanesByAudience")).toBe(false);
  run("lanesOff");
  await settled(() => layout.lanes.length === 0);
  expect(places()).toEqual(before);
  expect(project.revision).toBe(revision);
});

test("what is chosen is kept for the project alone", async () => {
  await laned();
  frame.toggle(first());
  await openMap(null);
  expect(frame.plain).toBe(true);
  expect(frame.folded.size).toBe(0);
  await openMap("escape-my-house");
  expect(frame.lanes).toBe("audience");
  expect(frame.isFolded(first())).toBe(true);
});

test("in lanes no place is written over: cards are not nudged, and one that changes its stage lets go of its own", async () => {
  const [card] = inFirst();
  await revisionAfter(() => moveTouchpoints([card?.id ?? ""], { positions: new Map([[card?.id ?? "", [4, 444]]]) }));
  selection.select(card?.id ?? "");
  expect(canNudge()).toBe(true);
  await laned();
  expect(canNudge()).toBe(false);
  expect(layout.card(card?.id ?? "")?.pinned).toBe(false);
  run("lanesOff");
  await settled(() => layout.lanes.length === 0);
  expect(layout.card(card?.id ?? "")).toMatchObject({ x: 4, y: 444, pinned: true });
});

test("a folded stage is narrow, what follows moves up, and places are written as they are on the map", async () => {
  const before = new Map(places().map((place) => [place.id, place]));
  const columns = layout.columns.map(({ x, width }) => ({ x, width }));
  const gained = (columns[0]?.width ?? 0) - foldedWidth;
  frame.toggle(first());
  expect(layout.columns[0]?.width).toBe(foldedWidth);
  expect(layout.columns[1]?.x).toBe((columns[1]?.x ?? 0) - gained);
  const other = [...project.touchpoints.values()].find(({ stage }) => stage === project.stages[1]?.id);
  const id = other?.id ?? "";
  const shown = layout.card(id);
  expect(shown?.x).toBe((before.get(id)?.x ?? 0) - gained);
  await revisionAfter(() => moveTouchpoints([id], { positions: new Map([[id, [shown?.x ?? 0, 300]]]) }));
  expect(project.touchpoint(id)?.position).toEqual([before.get(id)?.x, 300]);
  expect(layout.card(id)?.x).toBe(shown?.x);
  frame.toggle(first());
  expect(layout.columns.map(({ x, width }) => ({ x, width }))).toEqual(columns);
});

test("cards of a folded stage are marks, and links inside it are not drawn", () => {
  const source = new SceneSource();
  source.next();
  const ids = new Set(inFirst().map((touchpoint) => touchpoint.id));
  frame.toggle(first());
  const folded = source.next();
  expect(new Set(folded.cards.filter((card) => card.folded).map((card) => card.id))).toEqual(ids);
  expect(folded.cards.filter((card) => card.folded).every(({ badge, width }) => badge === null && width < 64)).toBe(
    true,
  );
  const inside = [...project.links.values()].filter(({ from, to }) => ids.has(from) && ids.has(to));
  expect(new Set(folded.removedLinks)).toEqual(new Set(inside.map((link) => link.id)));
  frame.toggle(first());
  const open = source.next();
  expect(open.cards.some((card) => card.folded)).toBe(false);
  expect(inside.every(({ id }) => open.links.some((link) => link.id === id))).toBe(true);
});

test("whatever leads to a touchpoint unfolds its stage", () => {
  frame.toggle(first());
  frame.toggle(project.stages[1]?.id ?? "");
  expect(frame.unfoldFor([inFirst()[0]?.id ?? ""])).toBe(true);
  expect([...frame.folded]).toEqual([project.stages[1]?.id]);
  expect(run("unfoldStages")).toBe(true);
  expect(frame.folded.size).toBe(0);
  expect(frame.unfoldFor(project.touchpointIds)).toBe(false);
});

test("columns by distance are named by it, and stages come back", async () => {
  const stages = stageStrip.columns.map(({ name }) => name);
  run("columnsByDistance");
  await settled(() => layout.columns.every(({ stage }) => stage === null));
  expect(stageStrip.columns.at(-1)?.name).toBe("Destinations");
  run("columnsByDistance");
  await settled(() => layout.columns.some(({ stage }) => stage !== null));
  expect(stageStrip.columns.map(({ name }) => name)).toEqual(stages);
  expect(host).toBeDefined();
});

test("places go to the screen and back, whatever is folded", () => {
  const columns = ["a", "b", "c"].map((stage, at) => ({ stage, x: at * 300 - 40, width: 300 }));
  for (const folded of [[], ["a"], ["b"], ["a", "c"], ["a", "b", "c"]]) {
    const folding = new Folding(columns, new Set(folded));
    for (const x of [-900, -40, 0, 155, 260, 411, 700, 860, 2000])
      expect(folding.place(folding.shown(x))).toBeCloseTo(x);
  }
});
