/** What a gesture that is finished asks for. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { Deeds } from "../../src/map/deeds";
import type { MapEngine } from "../../src/map/mapEngine";
import { frame } from "../../src/state/frame.svelte";
import { intentions } from "../../src/state/intentions.svelte";
import { selection } from "../../src/state/selection.svelte";
import { openMap } from "../harness";

beforeEach(() => openMap("escape-my-house").then(() => undefined));
afterEach(() => frame.divide({ lanes: null, distances: false }));

test.each([
  ["a stage, that stage", "discover", false, "discover"],
  ["no stage, none", null, false, null],
  ["a distance, the stage in hand", null, true, "engage"],
])("what is added in a column gets the stage of its column: of %s", (_, column, distances, stage) => {
  frame.divide({ lanes: null, distances });
  selection.clear();
  intentions.stage = "engage";
  const columns = [{ x: 0, width: 400, stage: column }];
  const engine = { world: { scene: { columns } }, view: { x: 0, y: 0, zoom: 1, width: 800, height: 600 } };
  const deeds = new Deeds(engine as unknown as MapEngine, document.createElement("div"), () => undefined);
  deeds.perform({ do: "add", at: { x: 100, y: 50 } });
  expect(intentions.picker).toMatchObject({ anchor: null, mode: "add", at: { x: 100, y: 50 }, stage });
});
