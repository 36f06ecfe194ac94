/** What the native menu is told: what can be done now, by which key; after the frame, and only what changed. */
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

function afterFrame(): void {
  flushSync();
  vi.advanceTimersByTime(300);
  flushSync();
}

const can = (...actions: string[]) => actions.map((action) => host.menu.get(action)?.enabled);

test("items follow what is selected", () => {
  render(WithMenu);
  afterFrame();
  expect(can("alignLeft", "addUpstream", "paste", "selectAll")).toEqual([false, false, true, true]);
  expect(host.menu.get("alignLeft")?.key).toBe("Alt+A");
  const told = vi.spyOn(host, "showMenu");
  selection.selectMany(["fb", "radio"]);
  flushSync();
  expect(told).not.toHaveBeenCalled();
  afterFrame();
  expect(told).toHaveBeenCalledOnce();
  expect(can("alignLeft", "changeTarget")).toEqual([true, false]);
  expect(told.mock.calls[0]?.[0].map(({ action }) => action)).not.toContain("selectAll");
});

test("while text is edited, deleting and selecting all can be done in that", () => {
  render(WithMenu);
  afterFrame();
  expect(can("delete")).toEqual([false]);
  const field = document.body.appendChild(document.createElement("input"));
  field.focus();
  afterFrame();
  expect(can("delete", "selectAll")).toEqual([true, true]);
  field.remove();
  document.dispatchEvent(new FocusEvent("focusout"));
  afterFrame();
  expect(can("delete")).toEqual([false]);
});

test("undo and redo are told by who knows what they would do", () => {
  render(WithMenu);
  afterFrame();
  expect(can("undo", "redo")).toEqual([null, null]);
  expect(host.menu.get("undo")?.key).toBe("Ctrl+Z");
});
