/** The header strip: what a stage's cell says, and what hand and keyboard do with it. */
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { run } from "../../src/actions";
import { commitEdits, setEdit } from "../../src/actions/edit";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import HeaderStrip from "../../src/map/HeaderStrip.svelte";
import { landingLine, StageDrag } from "../../src/map/strip/drag.svelte";
import { gapList } from "../../src/state/gapList.svelte";
import { layout } from "../../src/state/layout.svelte";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { stageFilter } from "../../src/state/stageFilter.svelte";
import { stageStrip } from "../../src/state/stageStrip.svelte";
import { openMap, revisionAfter, settled } from "../harness";

let host: MemoryHost;

beforeEach(async () => {
  host = await openMap("escape-my-house");
  selection.clear();
  render(HeaderStrip, { view: { x: 0, y: 0, zoom: 1, width: 4000, height: 800 } });
});

const cell = (name: string) => screen.getByRole("button", { name: new RegExp(`^${name},`) });
const press = (element: Element, key: string, held = {}) => fireEvent.keyDown(element, { key, ...held });
const names = () => project.stages.map(({ name }) => name);
const first = () => names()[0] ?? "";

test("a click looks at one stage only, and lists only its gaps; again, or Esc, ends it", async () => {
  const { id, name } = project.stages[1] ?? { id: "", name: "" };
  const all = gapList.walked.length;
  await fireEvent.click(cell(name));
  expect(stageFilter.stage).toBe(id);
  expect(cell(name).getAttribute("aria-pressed")).toBe("true");
  const inside = [...project.touchpoints.values()].filter((row) => row.stage === id);
  expect(stageFilter.kept?.touchpoints).toEqual(new Set(inside.map((row) => row.id)));
  expect(gapList.walked.length).toBeLessThan(all);
  expect(gapList.walked.every((gap) => gap.stages.includes(id))).toBe(true);
  await fireEvent.click(cell(name));
  expect(stageFilter.stage).toBeNull();
  stageFilter.toggle(id);
  expect(run("deselect")).toBe(true);
  expect(stageFilter.stage).toBeNull();
  expect(gapList.walked).toHaveLength(all);
});

test("one stop of the keyboard: the arrows walk, F2 renames, Enter keeps the name", async () => {
  expect(screen.getAllByRole("button").filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  cell(first()).focus();
  await press(cell(first()), "ArrowRight");
  await settled(() => document.activeElement === cell(names()[1] ?? ""));
  await press(cell(names()[1] ?? ""), "F2");
  const field = screen.getByLabelText("Name of the stage") as HTMLInputElement;
  field.value = "Look around";
  let usedUp = false;
  await revisionAfter(async () => {
    usedUp = !(await press(field, "Enter"));
  });
  expect(usedUp).toBe(true);
  expect(names()[1]).toBe("Look around");
  await settled(() => document.activeElement === cell("Look around"));
});

test("a stage is moved by Alt+Shift+arrows, in one step", async () => {
  const before = names();
  const apply = vi.spyOn(host, "applyEdits");
  await revisionAfter(() => press(cell(first()), "ArrowRight", { altKey: true, shiftKey: true }));
  expect(names().slice(0, 2)).toEqual([before[1], before[0]]);
  expect(apply.mock.calls[0]?.[0]).toHaveLength(1);
});

test("over a column the plus comes up for a hand that hovers, and stays for no click", async () => {
  cleanup();
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  render(HeaderStrip, { view: { x: 0, y: 0, zoom: 1, width: 400, height: 800 } });
  vi.unstubAllGlobals();
  const strip = screen.getByRole("toolbar", { name: "Stages" });
  const away = () => screen.getByRole("button", { name: "Add a stage" }).classList.contains("away");
  expect(away()).toBe(true);
  await fireEvent.pointerEnter(strip, { pointerType: "touch" });
  expect(away()).toBe(true);
  await fireEvent.pointerEnter(strip, { pointerType: "mouse" });
  expect(away()).toBe(false);
  const byKeyboard = vi.spyOn(strip, "querySelector").mockReturnValue(null);
  cell(first()).focus();
  await fireEvent.pointerLeave(strip);
  expect([away(), byKeyboard.mock.calls[0]]).toEqual([true, [":focus-visible"]]);
});

test("the plus at the end adds a stage there and asks for its name", async () => {
  await revisionAfter(() => fireEvent.click(screen.getByRole("button", { name: "Add a stage" })));
  await settled(() => screen.queryByLabelText("Name of the stage") !== null);
  expect(names().at(-1)).toBe("New stage");
});

test("double click renames and leaves the map as wide as it was", async () => {
  await fireEvent.click(cell(first()), { detail: 1 });
  await fireEvent.click(cell(first()), { detail: 2 });
  await fireEvent.dblClick(cell(first()));
  expect(stageFilter.stage).toBeNull();
  expect(screen.getByLabelText("Name of the stage")).toBe(document.activeElement);
});

test("a drag lands among the others where the pointer is, and a trembling hand does not drag", () => {
  const spans = ["a", "b", "c"].map((id, index) => ({ id, left: index * 100, right: index * 100 + 100 }));
  const drag = new StageDrag();
  drag.hold("a", 50);
  drag.move(53, spans);
  expect(drag.id).toBeNull();
  drag.move(180, spans);
  expect([drag.place, landingLine(spans, "a", 1)]).toEqual([1, 200]);
  drag.move(290, spans);
  expect([drag.place, landingLine(spans, "a", 2)]).toEqual([2, 300]);
  expect(drag.drop()).toEqual({ id: "a", place: 2 });
  drag.hold("b", 150);
  drag.move(160, spans);
  expect(drag.drop()).toBeNull();
});

test("Escape calls a drag off before the rest of the window hears of it, and the press is no click", async () => {
  const [, { id, name } = { id: "", name: "" }] = project.stages;
  const apply = vi.spyOn(host, "applyEdits");
  const heard = vi.fn();
  window.addEventListener("keydown", heard);
  await fireEvent.pointerDown(cell(name), { button: 0, clientX: layout.column(id)?.x ?? 0 });
  await fireEvent.pointerMove(cell(name), { clientX: 0 });
  await press(document.body, "Escape");
  await fireEvent.pointerUp(cell(name));
  await fireEvent.click(cell(name));
  window.removeEventListener("keydown", heard);
  expect(apply).not.toHaveBeenCalled();
  expect(heard).not.toHaveBeenCalled();
  expect(stageFilter.stage).toBeNull();
  await fireEvent.pointerDown(cell(name), { button: 0, clientX: 0 });
  await fireEvent.pointerUp(cell(name));
  await fireEvent.click(cell(name));
  expect(stageFilter.stage).toBe(id);
  stageFilter.end();
});

test("a cell that an undo puts back keeps the keyboard", async () => {
  const [, name = ""] = names();
  cell(name).focus();
  await revisionAfter(() => press(cell(name), "ArrowLeft", { altKey: true, shiftKey: true }));
  await settled(() => document.activeElement === cell(name));
  await revisionAfter(() => run("undo"));
  expect(names()[1]).toBe(name);
  await settled(() => document.activeElement === cell(name));
});

test("the button at the end comes up over a column for hand or keyboard, and figures give way, not the name", async () => {
  const [column] = layout.columns;
  if (!column) throw new Error("no columns");
  document.body.replaceChildren();
  const width = column.x + 100;
  render(HeaderStrip, { view: { x: 0, y: 0, zoom: 1, width, height: 700 } });
  expect(cell(first()).querySelector<HTMLElement>(".words")?.style.width).toBe("100px");
  const button = screen.getByRole("button", { name: "Add a stage" });
  const facts = () => cell(first()).querySelector(".facts");
  const shows = (there: boolean) => {
    expect(cell(first()).querySelector(".name")?.textContent).toBe(first());
    expect(facts() === null).toBe(there);
    expect([...button.classList]).toEqual(expect.arrayContaining(there ? ["upon"] : ["upon", "away"]));
    expect(button.classList.contains("away")).toBe(!there);
  };
  shows(false);
  await fireEvent.pointerEnter(screen.getByRole("toolbar"));
  shows(true);
  await fireEvent.pointerLeave(screen.getByRole("toolbar"));
  shows(false);
  button.focus();
  flushSync();
  shows(true);
});

test("audiences served are those that present touchpoints of the stage name", async () => {
  const { id } = project.stages[0] ?? { id: "" };
  const inside = [...project.touchpoints.values()].filter((row) => row.stage === id);
  const served = () => stageStrip.columns.find(({ stage }) => stage === id)?.served;
  const [audience] = project.audiences;
  await revisionAfter(() =>
    commitEdits(
      inside.map((row, at) => setEdit("touchpoint", row.id, "audiences", at === 0 && audience ? [audience.id] : [])),
      "Change",
    ),
  );
  expect(served()).toEqual({ some: 1, all: project.audiences.length });
  await revisionAfter(() => commitEdits([setEdit("touchpoint", inside[0]?.id ?? "", "status", "stopped")], "Stop"));
  expect(served()?.some).toBe(0);
});

test("a map that may not be changed is looked at, not renamed", async () => {
  session.readOnly = true;
  flushSync();
  await press(cell(first()), "F2");
  expect(screen.queryByLabelText("Name of the stage")).toBeNull();
  expect(screen.queryByRole("button", { name: "Add a stage" })).toBeNull();
  session.readOnly = false;
});

test("several columns that are no stage say nothing of themselves", () => {
  project.stages = [];
  layout.columns = [0, 1, 2].map((at) => ({ stage: null, x: at * 200, width: 200 }));
  flushSync();
  expect(screen.queryByText(/No stage/)).toBeNull();
  expect(screen.getByRole("toolbar", { name: "Stages" }).textContent?.trim()).toBe("Add a stage");
});
