/** The past in the window: versions, backups, steps; looking, going back, comparing. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { run } from "../../src/actions";
import { compareStates, goBackTo, lookAtState, now, takeBack } from "../../src/actions/past";
import ComparePanel from "../../src/compare/ComparePanel.svelte";
import GapDifferences from "../../src/compare/GapDifferences.svelte";
import HistoryPanel from "../../src/history/HistoryPanel.svelte";
import { versionState } from "../../src/history/states";
import { setHost } from "../../src/ipc";
import { sampleTexts } from "../../src/ipc/memory/catalogue";
import { MemoryHost } from "../../src/ipc/memoryHost";
import { begin } from "../../src/shell/begin";
import { actionFor } from "../../src/shell/keyboard";
import { marksOf } from "../../src/state/marks";
import { panes } from "../../src/state/panes.svelte";
import { past } from "../../src/state/past.svelte";
import { project } from "../../src/state/project.svelte";
import { reading } from "../../src/state/reading.svelte";
import { session } from "../../src/state/session.svelte";
import { stageStrip } from "../../src/state/stageStrip.svelte";
import { toasts } from "../../src/state/toasts.svelte";
import { settled } from "../harness";
import WithTooltips from "../WithTooltips.svelte";

let host: MemoryHost;
let stop: (() => void) | null = null;

beforeEach(async () => {
  stop?.();
  session.screen = "starting";
  past.tab = "versions";
  toasts.list = [];
  host = new MemoryHost(sampleTexts.showcase ?? null, true);
  setHost(host);
  stop = begin();
  await settled(() => session.screen === "map");
});

/** Its next answer comes only when it is let go. */
function delayed(ask: "lookAt" | "lookAs" | "compare"): () => void {
  let letGo = (): void => {};
  const held = new Promise<void>((go) => (letGo = go));
  const answer = host[ask].bind(host) as (...given: unknown[]) => Promise<never>;
  vi.spyOn(host, ask).mockImplementationOnce(async (...given: unknown[]) => {
    await held;
    return answer(...given);
  });
  return letGo;
}

async function version(name: string) {
  const { versions } = await host.past();
  const found = versions.find((one) => one.name === name);
  if (!found) throw new Error(`no version ${name}`);
  return versionState(found);
}

test("versions are listed with who and when, those of a day by their day; one is named", async () => {
  render(HistoryPanel);
  await settled(() => past.versions.length === 3);
  await settled(() => screen.queryByRole("button", { name: /As presented.*Ben/ }) !== null);
  expect(screen.getByRole("button", { name: /end of the day/ })).toBeTruthy();
  run("keepVersion");
  const field = await screen.findByRole("textbox", { name: "Name of this version" });
  await fireEvent.input(field, { target: { value: "For the client" } });
  await fireEvent.keyDown(field, { key: "Enter" });
  await settled(() => past.versions[0]?.name === "For the client" && !past.naming);
});

test("a name that is taken is refused in words, and can be mended", async () => {
  render(HistoryPanel);
  run("keepVersion");
  const field = await screen.findByRole("textbox", { name: "Name of this version" });
  await fireEvent.input(field, { target: { value: "As presented" } });
  await fireEvent.keyDown(field, { key: "Enter" });
  await settled(() => toasts.list.length > 0);
  expect(toasts.list[0]?.text).toContain("already");
  expect(past.naming).toBe(true);
});

test("Enter twice keeps one version; Enter of a composition keeps none", async () => {
  const keep = vi.spyOn(host, "keepVersion");
  render(HistoryPanel);
  run("keepVersion");
  const field = await screen.findByRole("textbox", { name: "Name of this version" });
  await fireEvent.input(field, { target: { value: "For the client" } });
  await fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  expect(keep).not.toHaveBeenCalled();
  await fireEvent.keyDown(field, { key: "Enter" });
  await fireEvent.keyDown(field, { key: "Enter" });
  await settled(() => !past.naming);
  expect(keep).toHaveBeenCalledTimes(1);
});

test("a version is looked at on the map, read-only; Esc leads back", async () => {
  const before = project.touchpointIds.length;
  await lookAtState(await version("As presented"));
  expect(reading.past?.name).toBe("As presented");
  expect(session.canEdit).toBe(false);
  expect(project.touchpoint("town-hall")).toBeUndefined();
  const key = actionFor(new KeyboardEvent("keydown", { key: "Escape" }));
  expect(key?.id).toBe("stopReading");
  run("stopReading");
  await settled(() => !reading.active);
  expect(project.touchpointIds.length).toBe(before);
  expect(session.canEdit).toBe(true);
});

test("going back is a step that undo takes back", async () => {
  await lookAtState(await version("As presented"));
  await goBackTo(await version("As presented"));
  expect(reading.active).toBe(false);
  expect(project.touchpoint("town-hall")).toBeUndefined();
  expect(session.history.undo).toBe("Go back to “As presented”");
  run("undo");
  await settled(() => project.touchpoint("town-hall") !== undefined);
});

test("a backup is restored in two clicks", async () => {
  past.tab = "backups";
  render(HistoryPanel);
  const [newest] = await screen.findAllByRole("button", { name: /212 KB/ });
  await fireEvent.click(newest as HTMLElement);
  const restore = await screen.findByRole("button", { name: "Go back to it" });
  await fireEvent.click(restore);
  await settled(() => !reading.active && project.touchpoint("town-hall") === undefined);
});

test("steps are found by words and by person, and say what they did", async () => {
  past.tab = "steps";
  render(HistoryPanel);
  await settled(() => past.log.all === 5);
  await fireEvent.input(screen.getByRole("searchbox", { name: "Find steps" }), { target: { value: "budget" } });
  await settled(() => past.log.steps.length === 1);
  await fireEvent.click(screen.getByRole("button", { name: /Change budget/ }));
  await screen.findByText(/budget: .* → 24000/);
  await fireEvent.input(screen.getByRole("searchbox", { name: "Find steps" }), { target: { value: "" } });
  await fireEvent.change(screen.getByRole("combobox", { name: "Whose steps" }), { target: { value: "by Ben" } });
  await settled(() => past.log.steps.length === 2);
  past.author = null;
});

test("one step is taken back alone; what cannot be is said", async () => {
  const { steps } = await host.log({ text: "", author: null });
  await takeBack(steps[4]?.id ?? "", "the first");
  expect(toasts.list.at(-1)?.text).toContain("Nothing is left to take back");
  await takeBack(steps[0]?.id ?? "", "the newest");
  expect(session.history.undo).toBe("Take back “Delete the last one”");
});

test("of two states chosen one after the other the last is shown, whichever answer comes first", async () => {
  const { openings, projects } = project;
  const letGo = delayed("lookAt");
  const first = lookAtState(await version("First draft"));
  await lookAtState(await version("As presented"));
  letGo();
  await first;
  expect(reading.past?.name).toBe("As presented");
  const slow = delayed("compare");
  const compared = compareStates(await version("First draft"));
  await lookAtState(await version("First draft"));
  slow();
  await compared;
  expect(reading.past?.name).toBe("First draft");
  expect(project.openings).toBeGreaterThan(openings);
  expect(project.projects).toBe(projects);
});

test("an answer that comes while the next one is asked for takes nothing from it", async () => {
  const [a, b] = [delayed("lookAt"), delayed("lookAt")];
  const first = lookAtState(await version("First draft"));
  const second = lookAtState(await version("As presented"));
  a();
  await first;
  expect(reading.active).toBe(false);
  b();
  await second;
  expect(reading.past?.name).toBe("As presented");
});

test("going back to the map, or to a state, ends a look that is still on its way", async () => {
  const letGo = delayed("lookAt");
  const look = lookAtState(await version("First draft"));
  await lookAtState(now);
  letGo();
  await look;
  expect(reading.active).toBe(false);
  const slow = delayed("lookAt");
  const other = lookAtState(await version("First draft"));
  await goBackTo(await version("As presented"));
  slow();
  await other;
  expect(reading.active).toBe(false);
});

test("a comparison lists by meaning and marks the map; what is gone counts nowhere", async () => {
  await compareStates(await version("First draft"));
  const shown = reading.comparison;
  if (!shown) throw new Error("no comparison");
  expect(panes.tab).toBe("history");
  const kinds = new Map(shown.view.rows.map((row) => [row.name, row.kinds]));
  expect(kinds.get("Town hall evening")).toEqual(["added"]);
  expect(kinds.get("Station posters")).toEqual(["restaged"]);
  expect(kinds.get("Homes magazine")).toEqual(["rebudgeted"]);
  const marks = marksOf(shown.view);
  expect(marks.touchpoints.get("town-hall")).toEqual({ tone: "added", words: "added", gone: false });
  const [ghost, moved] = [...marks.shifts][0] ?? [];
  expect(marks.touchpoints.get(ghost ?? "")?.gone).toBe(true);
  expect(project.touchpoint(moved ?? "")?.name).toBe("Station posters");
  const counted = stageStrip.columns.reduce((sum, column) => sum + column.touchpoints, 0);
  expect(counted).toBe(project.touchpointIds.length - 2);
  render(WithTooltips, { shown: ComparePanel, given: { shown } });
  expect(screen.getByRole("region", { name: "Gaps opened" })).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Swap the two" }));
  await settled(() => reading.comparison?.to.name === "First draft");
  expect(reading.comparison?.view.rows.find((row) => row.name === "Town hall evening")?.kinds).toEqual(["removed"]);
});

test("any two states can be compared", async () => {
  await compareStates(await version("First draft"));
  const shown = reading.comparison;
  if (!shown) throw new Error("no comparison");
  render(WithTooltips, { shown: ComparePanel, given: { shown } });
  await settled(() => past.versions.length > 0);
  const to = await screen.findByRole("combobox", { name: "To" });
  await screen.findAllByRole("option", { name: "As presented" });
  const { point } = await version("As presented");
  await fireEvent.change(to, { target: { value: JSON.stringify(point) } });
  await settled(() => reading.comparison?.to.name === "As presented");
  expect(reading.comparison?.from.name).toBe("First draft");
  expect(reading.comparison?.view.rows.map((row) => row.name)).not.toContain("Town hall evening");
});

test("the same state twice says so", async () => {
  await compareStates(now);
  const shown = reading.comparison;
  if (!shown) throw new Error("no comparison");
  const { container } = render(WithTooltips, { shown: ComparePanel, given: { shown } });
  expect(container.textContent).toContain("The two mean the same");
  expect(screen.queryByRole("button", { name: /^Go back to/ })).toBeNull();
});

test("a difference that stands nowhere on the map is no button; a long list goes on when asked", async () => {
  await compareStates(await version("First draft"));
  const shown = reading.comparison;
  const [row] = shown?.view.rows ?? [];
  if (!shown || !row) throw new Error("no comparison");
  const systems = Array.from({ length: 70 }, (_, at) => ({
    ...row,
    entity: "system" as const,
    id: `s${at}`,
    name: `S ${at}`,
  }));
  const given = { shown: { ...shown, view: { ...shown.view, rows: systems } } };
  const { container } = render(WithTooltips, { shown: ComparePanel, given });
  expect(screen.queryByRole("button", { name: /S 1/ })).toBeNull();
  const rows = () => container.querySelectorAll('[data-difference^="system/"]').length;
  expect(rows()).toBe(60);
  await fireEvent.click(screen.getByRole("button", { name: "Show more 10 left" }));
  expect(rows()).toBe(70);
});

test("gaps that a comparison opens are drawn as far as one reads, too", async () => {
  const gap = { ruleName: "Dead end", severity: "high" as const, message: "Nothing follows.", touchpoints: [] };
  const gaps = Array.from({ length: 130 }, (_, at) => ({ ...gap, key: `g${at}`, rule: "dead-end" }));
  const { container } = render(GapDifferences, { title: "Gaps opened", gaps, step: 60 });
  expect(container.querySelectorAll("li").length).toBe(60);
  await fireEvent.click(screen.getByRole("button", { name: /^Show more/ }));
  expect(container.querySelectorAll("li").length).toBe(120);
  await fireEvent.click(screen.getByRole("button", { name: /^Show more/ }));
  expect(container.querySelectorAll("li").length).toBe(130);
  expect(screen.queryByRole("button", { name: /^Show more/ })).toBeNull();
});
