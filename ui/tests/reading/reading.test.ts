/** Reading the map under another framework: what is shown, what is kept, and that nothing of it reaches the map. */
import { beforeEach, expect, test, vi } from "vitest";
import { actionById, run } from "../../src/actions";
import { commitEdits, setEdit } from "../../src/actions/edit";
import { backToOwn, ownName, readAs, readLive } from "../../src/actions/lookAs";
import type { FrameworkView } from "../../src/ipc";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import { actionFor } from "../../src/shell/keyboard";
import { gaps } from "../../src/state/gaps.svelte";
import { panes } from "../../src/state/panes.svelte";
import { project } from "../../src/state/project.svelte";
import { reading } from "../../src/state/reading.svelte";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { stageStrip } from "../../src/state/stageStrip.svelte";
import { openMap, settled } from "../harness";

let host: MemoryHost;

beforeEach(async () => {
  host = await openMap("showcase");
});

function framework(id: string): FrameworkView {
  const found = session.framework(id);
  if (!found) throw new Error(`no framework ${id}`);
  return found;
}

const own = ["Awareness", "Consideration", "Purchase", "Retention", "Advocacy"];
const stages = () => project.stages.map((stage) => stage.name);

test("stages, strip and gaps are those of the reading; the selection stays; editing is off", async () => {
  selection.select("planner");
  await readAs(framework("customer-lifecycle"));
  expect(reading.framework?.id).toBe("customer-lifecycle");
  expect(stages()).toEqual(["Discover", "Explore", "Engage", "Buy"]);
  expect(stageStrip.columns.map((column) => column.name)).toContain("Explore");
  expect(project.touchpoint("planner")?.stage).toBe("explore");
  expect(gaps.open.flatMap((gap) => gap.stages).every((id) => project.stage(id))).toBe(true);
  expect(selection.touchpoint).toBe("planner");
  expect(session.canEdit).toBe(false);
  expect(ownName()).toBe("Full journey");
});

test("no edit goes out while reading", async () => {
  await readAs(framework("customer-lifecycle"));
  const apply = vi.spyOn(host, "applyEdits");
  await commitEdits([setEdit("touchpoint", "planner", "name", "X")], "Rename");
  expect(run("undo")).toBe(false);
  expect(run("delete")).toBe(false);
  expect(apply).not.toHaveBeenCalled();
});

test("what happens to the project meanwhile does not touch the reading, and is there on the way back", async () => {
  await readAs(framework("customer-lifecycle"));
  const before = gaps.open;
  await host.applyEdits([setEdit("touchpoint", "planner", "name", "Kitchen designer")], "Rename");
  expect(project.touchpoint("planner")?.name).toBe("Kitchen planner");
  expect(project.touchpoint("planner")?.stage).toBe("explore");
  expect(gaps.open).toBe(before);
  await backToOwn();
  expect(reading.framework).toBeNull();
  expect(stages()).toEqual(own);
  expect(project.touchpoint("planner")).toMatchObject({ name: "Kitchen designer", stage: "consideration" });
  expect(session.canEdit).toBe(true);
});

test("an answer that is older than what was missed is asked for again", async () => {
  await readAs(framework("customer-lifecycle"));
  const stale = await host.lookAs(null, false);
  await host.applyEdits([setEdit("touchpoint", "planner", "name", "Kitchen designer")], "Rename");
  vi.spyOn(host, "lookAs").mockResolvedValueOnce(stale);
  await backToOwn();
  expect(project.touchpoint("planner")?.name).toBe("Kitchen designer");
});

test("from one reading to the next; the map's own framework leads back", async () => {
  await readAs(framework("customer-lifecycle"));
  await readAs(framework("path-to-purchase"));
  expect(stages()).toEqual(["Awareness", "Consideration", "Purchase"]);
  expect(ownName()).toBe("Full journey");
  await readAs(framework("generic-five"));
  expect(reading.framework).toBeNull();
  expect(stages()).toEqual(own);
});

test("Esc first lets go of the selection, then leads back", async () => {
  await readAs(framework("customer-lifecycle"));
  const esc = () => actionFor(new KeyboardEvent("keydown", { key: "Escape" }))?.id;
  selection.select("planner");
  expect(esc()).toBe("deselect");
  run("deselect");
  expect(esc()).toBe("stopReading");
  run("stopReading");
  await settled(() => reading.framework === null);
  expect(esc()).toBeUndefined();
});

test("another map ends the reading, and an answer that comes late is not shown over it", async () => {
  await readAs(framework("customer-lifecycle"));
  await openMap("census-2020");
  expect(reading.framework).toBeNull();
  expect(session.canEdit).toBe(true);
});

test("the coverage belongs to the map itself", async () => {
  panes.view = "coverage";
  await readAs(framework("customer-lifecycle"));
  expect(panes.view).toBe("map");
  expect(actionById("viewCoverage")?.enabled()).toBe(false);
});

test("only what is live is shown, counted and judged, under any framework; the map itself is unchanged", async () => {
  await host.applyEdits([setEdit("touchpoint", "planner", "status", "planned")], "Plan");
  const whole = { touchpoints: project.touchpointIds.length, gaps: gaps.open.map((gap) => gap.key) };
  const count = () => gaps.stages.reduce((sum, stage) => sum + stage.touchpoints, 0);
  const counted = count();
  run("lookLive");
  await settled(() => reading.live);
  expect(project.touchpoint("planner")).toBeUndefined();
  expect(project.touchpointIds.length).toBeLessThan(whole.touchpoints);
  expect(count()).toBeLessThan(counted);
  expect(gaps.open.flatMap((gap) => gap.touchpoints)).not.toContain("planner");
  expect(session.canEdit).toBe(false);
  await readAs(framework("customer-lifecycle"));
  expect([reading.live, reading.framework?.id, project.touchpoint("planner")]).toEqual([
    true,
    "customer-lifecycle",
    undefined,
  ]);
  await readLive(false);
  expect(project.touchpoint("planner")?.stage).toBe("explore");
  await readLive(true);
  await readAs(framework("generic-five"));
  expect([reading.live, reading.framework, stages()]).toEqual([true, null, own]);
  run("lookLive");
  await settled(() => !reading.active);
  expect(project.touchpointIds.length).toBe(whole.touchpoints);
  expect(gaps.open.map((gap) => gap.key)).toEqual(whole.gaps);
});

test("the past and a comparison are shown whole", async () => {
  const state = { point: { kind: "now" as const }, name: "Now", detail: "" };
  reading.begin({ kind: "past", state }, null);
  expect(actionById("lookLive")?.enabled()).toBe(false);
  expect(reading.live).toBe(false);
  reading.end();
});
