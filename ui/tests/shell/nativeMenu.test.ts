/** What the native menu is told: what can be done now, by which key; a little later, and only what changed. */
import { cleanup, render } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import { selection } from "../../src/state/selection.svelte";
import { openMap } from "../harness";
import WithMenu from "../WithMenu.svelte";

let host: MemoryHost;

beforeEach(async () => {
  host = await openMap("escape-my-house");
  selection.clear();
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function aLittleLater(): Promise<void> {
  flushSync();
  await vi.advanceTimersByTimeAsync(600);
  flushSync();
  await Promise.resolve();
}

const can = (...actions: string[]) => actions.map((action) => host.menu.get(action)?.enabled);

test("items follow what is selected", async () => {
  render(WithMenu);
  await aLittleLater();
  expect(can("alignLeft", "addUpstream", "paste", "selectAll")).toEqual([false, false, true, true]);
  expect(host.menu.get("alignLeft")?.key).toBe("Alt+A");
  const told = vi.spyOn(host, "showMenu");
  selection.selectMany(["fb", "radio"]);
  flushSync();
  expect(told).not.toHaveBeenCalled();
  await aLittleLater();
  expect(told).toHaveBeenCalledOnce();
  expect(can("alignLeft", "changeTarget")).toEqual([true, false]);
  expect(told.mock.calls[0]?.[0].map(({ action }) => action)).not.toContain("selectAll");
});

test("while text is edited, deleting and selecting all can be done in that", async () => {
  render(WithMenu);
  await aLittleLater();
  expect(can("delete")).toEqual([false]);
  const field = document.body.appendChild(document.createElement("input"));
  field.focus();
  await aLittleLater();
  expect(can("delete", "selectAll")).toEqual([true, true]);
  field.remove();
  document.dispatchEvent(new FocusEvent("focusout"));
  await aLittleLater();
  expect(can("delete")).toEqual([false]);
});

test("undo and redo are told by who knows what they would do", async () => {
  render(WithMenu);
  await aLittleLater();
  expect(can("undo", "redo")).toEqual([null, null]);
  expect(host.menu.get("undo")?.key).toBe("Ctrl+Z");
});

test("what is told goes one after the other, and what was refused is told again with the next", async () => {
  render(WithMenu);
  await aLittleLater();
  let refuse = (_: Error) => {};
  const told = vi.spyOn(host, "showMenu").mockReturnValueOnce(new Promise((_, no) => (refuse = no)));
  selection.selectMany(["fb", "radio"]);
  await aLittleLater();
  selection.clear();
  await aLittleLater();
  expect(told).toHaveBeenCalledOnce();
  refuse(new Error("no menu"));
  await aLittleLater();
  expect(told).toHaveBeenCalledTimes(2);
  selection.select("fb");
  await aLittleLater();
  expect(told.mock.calls[2]?.[0].map(({ action }) => action)).toContain("selectAll");
});
