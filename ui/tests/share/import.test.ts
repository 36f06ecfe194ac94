import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { importFrom, openImport, takeImport } from "../../src/actions/import";
import type { ImportView } from "../../src/ipc";
import { ProblemError } from "../../src/ipc";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import ImportDialog from "../../src/share/ImportDialog.svelte";
import { dialogs } from "../../src/state/dialogs.svelte";
import { project } from "../../src/state/project.svelte";
import { toasts } from "../../src/state/toasts.svelte";
import { openMap } from "../harness";
import WithTooltips from "../WithTooltips.svelte";

let host: MemoryHost;

beforeEach(async () => {
  host = await openMap("agency-schematic");
});

test("what was read is looked at first, then taken in as one step that can be undone", async () => {
  const before = project.touchpoints.size;
  await importFrom.run();
  const open = dialogs.open;
  if (open?.kind !== "import") throw new Error("the import is shown");
  expect(project.touchpoints.size).toBe(before);
  await takeImport(open.view);
  expect(dialogs.open).toBeNull();
  expect(project.touchpoints.size).toBe(before + 1);
  toasts.list.at(-1)?.action?.run();
  await expect.poll(() => project.touchpoints.size).toBe(before);
});

test("it can become a map of its own", async () => {
  await importFrom.run();
  if (dialogs.open?.kind === "import") await openImport(dialogs.open.view);
  expect(project.map.title).toBe("Media plan");
  expect(dialogs.open).toBeNull();
});

async function shownImport(change: (view: ImportView) => Partial<ImportView> = () => ({})): Promise<ImportView> {
  const read = await host.importDialog();
  if (read === null) throw new Error("nothing was read");
  const view = { ...read, ...change(read) };
  dialogs.show({ kind: "import", view });
  render(WithTooltips, { shown: ImportDialog, given: { first: view } });
  return view;
}

const takeButton = () => screen.getByRole<HTMLButtonElement>("button", { name: "Take into this map" });

test("of two mappings the last is shown, and nothing is taken before it is answered", async () => {
  const view = await shownImport();
  const answers: ((view: ImportView) => void)[] = [];
  const again = vi.spyOn(host, "importAgain").mockImplementation(() => new Promise((answer) => answers.push(answer)));
  await fireEvent.click(screen.getByRole("button", { name: /^Columns/ }));
  const leaveOut = screen.getByRole("switch", { name: "Leave out cells that cannot be understood" });
  await fireEvent.click(leaveOut);
  await fireEvent.click(leaveOut);
  expect(again.mock.calls).toHaveLength(2);
  expect(takeButton().disabled).toBe(true);
  answers[1]?.({ ...view, touchpoints: 7 });
  await screen.findByText(/7 touchpoints/);
  answers[0]?.({ ...view, touchpoints: 9 });
  await expect.poll(() => takeButton().disabled).toBe(false);
  expect(screen.queryByText(/9 touchpoints/)).toBeNull();
});

test("another page of a drawing is looked at", async () => {
  const view = await shownImport(() => ({ pages: { names: ["Plan", ""], read: 0 }, tables: null }));
  const page = screen.getByRole("combobox", { name: "Page" });
  const again = vi.spyOn(host, "importAgain").mockResolvedValue({ ...view, touchpoints: 5 });
  await fireEvent.change(page, { target: { value: "1" } });
  expect(again.mock.calls).toEqual([[null, 1, false]]);
  await screen.findByText(/5 touchpoints/);
});

test("touchpoints may be in another sheet, which is understood by its headings first", async () => {
  const view = await shownImport((view) => ({
    tables: view.tables && { ...view.tables, sheets: ["Media", "Old"] },
  }));
  const again = vi.spyOn(host, "importAgain").mockResolvedValue(view);
  await fireEvent.click(screen.getByRole("button", { name: /^Columns/ }));
  await fireEvent.change(screen.getByRole("combobox", { name: "Links are in" }), { target: { value: "0" } });
  const calls: unknown[][] = again.mock.calls;
  expect(calls[0]?.[0]).toMatchObject({ touchpoints: null, links: { sheet: "Media", columns: [] } });
});

test("a refused wish leaves the switch where it was", async () => {
  await shownImport((view) => ({
    differences: (view.differences ?? []).map((row) => ({ ...row, fate: "missing" as const })),
  }));
  const refused = new ProblemError({ code: "refused", message: "The file is gone.", remedy: "", place: null });
  vi.spyOn(host, "importAgain").mockRejectedValue(refused);
  const missing = screen.getByRole("switch", { name: "Delete what is not in it" });
  await fireEvent.click(missing);
  await expect.poll(() => missing.getAttribute("aria-checked")).toBe("false");
  expect(toasts.list.at(-1)?.text).toContain("The file is gone.");
});
