/** The outline as a tree, in step with the map. */
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { beforeEach, expect, test } from "vitest";
import Outline from "../../src/outline/Outline.svelte";
import { outlineRows } from "../../src/outline/rows";
import { intentions } from "../../src/state/intentions.svelte";
import { layout } from "../../src/state/layout.svelte";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { openMap } from "../harness";

beforeEach(() => openMap("escape-my-house").then(() => undefined));

const item = (name: string) => screen.getByRole("treeitem", { name });

test("every touchpoint is an item of exactly its name, below its stage", () => {
  render(Outline);
  const tree = screen.getByRole("tree", { name: "Outline" });
  expect(within(tree).getAllByRole("treeitem")).toHaveLength(project.touchpointIds.length + project.stages.length);
  expect(item("Radio cut").getAttribute("aria-level")).toBe("2");
  expect(item("Discover").getAttribute("aria-expanded")).toBe("true");
});

test("one tab stop; the arrows walk, fold and unfold", async () => {
  render(Outline);
  const stops = () => screen.getAllByRole("treeitem").filter((one) => one.tabIndex === 0);
  expect(stops()).toHaveLength(1);
  item("Discover").focus();
  await fireEvent.keyDown(item("Discover"), { key: "ArrowDown" });
  await new Promise((go) => setTimeout(go, 0));
  expect(document.activeElement).toBe(item("Facebook video"));
  await fireEvent.keyDown(item("Facebook video"), { key: "ArrowLeft" });
  await new Promise((go) => setTimeout(go, 0));
  expect(document.activeElement).toBe(item("Discover"));
  await fireEvent.keyDown(item("Discover"), { key: "ArrowLeft" });
  expect(screen.queryByRole("treeitem", { name: "Facebook video" })).toBeNull();
  expect(stops()).toHaveLength(1);
});

test("the selection is the same here and on the map", async () => {
  render(Outline);
  selection.select("radio");
  flushSync();
  expect(item("Radio cut").getAttribute("aria-selected")).toBe("true");
  await fireEvent.click(item("VR event"));
  expect(selection.touchpoint).toBe("vr");
  await fireEvent.click(item("Radio cut"), { shiftKey: true });
  expect([...selection.touchpoints]).toEqual(["vr", "radio"]);
});

test("a letter goes to the next row of that name, unless it is the key of an action; with Shift it always does", async () => {
  render(Outline);
  item("Discover").focus();
  const press = async (key: string, shiftKey = false) => {
    const went = await fireEvent.keyDown(document.activeElement as Element, { key, shiftKey });
    await new Promise((go) => setTimeout(go, 0));
    return { left: went, name: (document.activeElement as HTMLElement).getAttribute("aria-label") };
  };
  // D adds a destination wherever a letter is not being typed.
  expect(await press("d")).toEqual({ left: true, name: "Discover" });
  expect(await press("r")).toMatchObject({ left: false });
  const before = (document.activeElement as HTMLElement).getAttribute("aria-label");
  expect(before?.startsWith("R")).toBe(true);
  expect((await press("D", true)).name).toBe("Discover");
});

test("a double click renames, on a map that may be changed", async () => {
  render(Outline);
  session.readOnly = true;
  await fireEvent.dblClick(item("Radio cut"));
  await fireEvent.dblClick(item("Discover"));
  expect([intentions.renaming, intentions.renamingStage]).toEqual([null, null]);
  session.readOnly = false;
  await fireEvent.dblClick(item("Radio cut"));
  expect(intentions.renaming).toBe("radio");
  intentions.renaming = null;
});

test("a row has the menu that its card has", async () => {
  render(Outline);
  await fireEvent.contextMenu(item("Radio cut"));
  expect(selection.touchpoint).toBe("radio");
  const menu = await screen.findByRole("menu", { name: "Radio cut" });
  expect(within(menu).getByRole("menuitem", { name: /Rename/ })).toBeDefined();
});

test("touchpoints without a stage stand first, under their own parent", () => {
  const loose = new Map([...project.touchpoints].map(([id, row]) => [id, id === "fb" ? { ...row, stage: null } : row]));
  const rows = outlineRows(project.stages, loose, layout.cards, new Set());
  expect(rows.slice(0, 2)).toMatchObject([
    { kind: "stage", id: "", name: "No stage", count: 1 },
    { kind: "touchpoint", id: "fb" },
  ]);
});
