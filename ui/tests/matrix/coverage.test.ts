/** The coverage: the table that is read from it, the keys that walk it, and that it follows the map. */
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { commitEdits, setEdit } from "../../src/actions/edit";
import type { CoverageView as Coverage } from "../../src/ipc";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import { shownMoney } from "../../src/kit/money";
import CoverageView from "../../src/matrix/CoverageView.svelte";
import { gridStep } from "../../src/matrix/gridStep";
import { type Names, tableOf } from "../../src/matrix/table";
import { coverage } from "../../src/state/coverage.svelte";
import { evidence } from "../../src/state/evidence.svelte";
import { gaps } from "../../src/state/gaps.svelte";
import { panes } from "../../src/state/panes.svelte";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { openMap, settled } from "../harness";
import WithTooltips from "../WithTooltips.svelte";

let host: MemoryHost;

beforeEach(async () => {
  host = await openMap("showcase");
});

const names: Names = {
  stage: (id) => project.stage(id)?.name ?? id,
  audience: (id) => ({ name: project.audience(id)?.name ?? id, detail: "" }),
  channel: (id) => id,
  touchpoint: (id) => project.touchpoint(id),
  gap: (key) => gaps.byKey(key),
};

async function shown(): Promise<HTMLElement> {
  render(WithTooltips, { shown: CoverageView });
  await settled(() => screen.queryByRole("grid") !== null);
  return screen.getByRole("grid");
}

const cell = (grid: HTMLElement, spot: string) => grid.querySelector<HTMLElement>(`[data-cell="${spot}"]`);

test("rows are audiences, columns stages; those without one stand last", async () => {
  const table = tableOf(await host.coverage(), names);
  expect(table.rows.map((row) => row.name)).toEqual([
    "First-time owners",
    "Movers in a hurry",
    "Landlords with many flats",
    "Names no audience",
  ]);
  expect(table.columns.map((column) => column.name)).toEqual(project.stages.map((stage) => stage.name));
  expect(table.budgets).toBe(true);
});

test("a cell adds up its channels; a column counts what serves two audiences once", async () => {
  const table = tableOf(await host.coverage(), names);
  const awareness = table.rows[0]?.cells[0];
  expect(awareness?.channels.map((channel) => channel.key)).toEqual(["tv", "outdoor", "print", "paid-social"]);
  expect([awareness?.touchpoints, awareness?.budget, awareness?.weight]).toEqual([4, 314000, 1]);
  expect(table.columns[0]).toMatchObject({ touchpoints: 5, budget: 323000 });
});

test("open gaps mark their cell, dismissed ones and those that are gone do not", async () => {
  const view = await host.coverage();
  const table = tableOf(view, names);
  const landlords = table.rows[2]?.cells ?? [];
  expect(landlords.map((one) => one.marks.map((mark) => mark.rule))).toEqual([
    [],
    ["audience-unserved"],
    ["audience-unserved"],
    ["audience-unserved"],
    [],
  ]);
  const stale: Coverage = { ...view, cells: view.cells.map((one) => ({ ...one, gaps: ["gone:x"] })) };
  expect(
    tableOf(stale, names)
      .rows.flatMap((row) => row.cells)
      .every((one) => one.marks.length === 0),
  ).toBe(true);
});

test("a touchpoint that has been deleted since is left out", async () => {
  const view = await host.coverage();
  const without: Names = { ...names, touchpoint: (id) => (id === "tv" ? undefined : project.touchpoint(id)) };
  expect(tableOf(view, without).rows[0]?.cells[0]?.channels.map((channel) => channel.key)).not.toContain("tv");
});

test("the arrow keys walk the cells and stop at the edge", () => {
  expect(gridStep("ArrowRight", { row: 0, column: 0 }, 2, 2)).toEqual({ row: 0, column: 1 });
  expect(gridStep("ArrowRight", { row: 0, column: 1 }, 2, 2)).toEqual({ row: 0, column: 1 });
  expect(gridStep("End", { row: 1, column: 0 }, 2, 3)).toEqual({ row: 1, column: 2 });
  expect(gridStep("x", { row: 0, column: 0 }, 2, 2)).toBeNull();
});

test("the grid has one tab stop; Enter goes into a cell, the arrows walk it, Esc comes out", async () => {
  const grid = await shown();
  expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  const first = cell(grid, "0:0");
  first?.focus();
  await fireEvent.keyDown(first as HTMLElement, { key: "Enter" });
  await settled(() => document.activeElement?.tagName === "BUTTON");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("TV, 1 touchpoint");
  await fireEvent.keyDown(document.activeElement as HTMLElement, { key: "ArrowDown" });
  expect(document.activeElement?.getAttribute("aria-label")).toMatch(/, 1 touchpoint$/);
  await fireEvent.keyDown(document.activeElement as HTMLElement, { key: "Escape" });
  expect(document.activeElement).toBe(first);
  await fireEvent.keyDown(first as HTMLElement, { key: "ArrowDown" });
  expect(document.activeElement).toBe(cell(grid, "1:0"));
});

test("a touchpoint is selected by a click and shown on the map by Enter", async () => {
  const grid = await shown();
  panes.view = "coverage";
  const first = within(cell(grid, "0:0") as HTMLElement);
  await fireEvent.click(first.getByRole("button", { name: "TV, 1 touchpoint" }));
  const touchpoint = first.getByRole("button", { name: "Morning light TV spot" });
  await fireEvent.click(touchpoint);
  expect(selection.touchpoint).toBe("tv");
  expect(panes.view).toBe("coverage");
  await fireEvent.keyDown(touchpoint, { key: "Enter" });
  expect(panes.view).toBe("map");
});

test("a mark lights its gap in the list and leaves the coverage in view", async () => {
  const grid = await shown();
  panes.view = "coverage";
  await fireEvent.click(within(cell(grid, "2:1") as HTMLElement).getByRole("button", { name: /Audience left alone/ }));
  expect(evidence.focused).toBe("audience-unserved:landlords,consideration");
  expect([panes.tab, panes.view]).toEqual(["gaps", "coverage"]);
});

test("after a change it is asked for again, a little later and once", async () => {
  await shown();
  const ask = vi.spyOn(host, "coverage");
  await commitEdits([setEdit("touchpoint", "reviews", "audiences", ["owners"])], "Change");
  await commitEdits([setEdit("touchpoint", "builder-talks", "audiences", ["owners"])], "Change");
  await vi.waitFor(() => expect(coverage.view?.revision).toBe(project.revision));
  expect(ask).toHaveBeenCalledTimes(1);
  expect(screen.queryByText("Names no audience")).toBeNull();
});

test("without audiences it says what to fill in", async () => {
  await openMap("agency-schematic");
  render(WithTooltips, { shown: CoverageView });
  expect(screen.getByText("Say who the map is for")).toBeDefined();
  expect(screen.getByRole("button", { name: "Fill in: Say who the map is for" })).toBeDefined();
  expect(screen.queryByRole("grid")).toBeNull();
});

test("money is shown in the map's currency, and plainly without one", () => {
  expect(shownMoney(1200, "EUR")).toMatch(/€\s?1,200|1[.,]200\s?€/);
  expect(shownMoney(1200, null)).toMatch(/^1[.,]200$/);
  expect(shownMoney(1200, "???")).toMatch(/\?\?\?$/);
  expect(shownMoney(180000, "EUR", true)).toMatch(/180\s?K/i);
});
