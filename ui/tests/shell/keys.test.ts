/** Keys that a planner puts in the place of those that ship. */
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { actionById, keyOf } from "../../src/actions";
import { menuFor } from "../../src/map/menu";
import { actionFor, recordedKey } from "../../src/shell/keyboard";
import Shortcuts from "../../src/shell/Shortcuts.svelte";
import { keys } from "../../src/state/keys.svelte";
import { selection } from "../../src/state/selection.svelte";
import { openMap } from "../harness";
import WithTooltips from "../WithTooltips.svelte";

beforeEach(async () => {
  localStorage.clear();
  keys.restore();
  await openMap("escape-my-house");
  selection.select("planner");
});

afterEach(() => keys.resetAll());

const press = (key: string, held: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, ...held });
const meaning = (key: string, held: KeyboardEventInit = {}) => actionFor(press(key, held))?.id;

async function record(label: string, key: string, held: KeyboardEventInit = {}): Promise<void> {
  const button = screen.getByRole("button", { name: new RegExp(`^Change the keys of ${label},`) });
  await fireEvent.click(button);
  await fireEvent.keyDown(button, { key, ...held });
}

async function openSheet(): Promise<void> {
  render(WithTooltips, { shown: Shortcuts });
  await fireEvent.click(screen.getByRole("button", { name: "Change keys" }));
}

test("a free key is given by pressing it, works at once, shows in menus and is kept on this computer", async () => {
  await openSheet();
  await record("Duplicate", "j");
  expect([keyOf("duplicate"), meaning("j"), meaning("d", { ctrlKey: true })]).toEqual(["J", "duplicate", undefined]);
  const menu = menuFor({ on: "card", id: "planner" }, () => "").groups.flat();
  expect(menu.find(({ id }) => id === "duplicate")?.shortcut).toBe("J");
  keys.restore();
  expect(keyOf("duplicate")).toBe("J");
});

test("keys that another window gives work here, too", () => {
  window.dispatchEvent(new StorageEvent("storage", { key: "backcast.keys", newValue: '{"duplicate":["J"]}' }));
  expect([keyOf("duplicate"), meaning("j")]).toEqual(["J", "duplicate"]);
  window.dispatchEvent(new StorageEvent("storage", { key: "backcast.keys", newValue: null }));
  expect(keyOf("duplicate")).toBe("Ctrl+D");
});

test("a key that is taken is told, and changes hands only on a word", async () => {
  await openSheet();
  await record("Duplicate", "l");
  const told = screen.getByRole("alert");
  expect(told.textContent).toContain("Link to");
  expect(meaning("l")).toBe("linkTo");
  await fireEvent.click(within(told).getByRole("button", { name: "Use it here" }));
  expect([meaning("l"), keyOf("linkTo")]).toEqual(["duplicate", null]);
  await fireEvent.click(screen.getByRole("button", { name: "Reset the keys of Link to" }));
  expect([meaning("l"), keyOf("duplicate")]).toEqual(["linkTo", null]);
  await fireEvent.click(screen.getByRole("button", { name: "Reset all" }));
  expect([keyOf("duplicate"), keys.changed]).toEqual([actionById("duplicate")?.key, false]);
});

test("Esc leaves the keys as they were; a modifier alone is no key; a sign is kept as it is typed", () => {
  expect(recordedKey(press("Escape"))).toBeNull();
  expect(recordedKey(press("Shift", { shiftKey: true }))).toBeNull();
  expect(recordedKey(press("?", { shiftKey: true }))).toBe("?");
  expect(recordedKey(press("K", { shiftKey: true, ctrlKey: true }))).toBe("Ctrl+Shift+K");
});

test("a letter given to a command of the whole window still types in a field", () => {
  const command = actionById("palette");
  if (!command) throw new Error("no palette");
  keys.give(command, "Q", []);
  const field = document.createElement("input");
  document.body.append(field);
  let inField: string | undefined;
  field.addEventListener("keydown", (event) => {
    inField = actionFor(event)?.id;
  });
  field.dispatchEvent(press("q"));
  expect([inField, meaning("q")]).toEqual([undefined, "palette"]);
  field.remove();
});

test.each(["not json", "[1]", '{"duplicate":"J"}', "null"])(
  "what was kept and makes no sense is passed over: %s",
  (text) => {
    localStorage.setItem("backcast.keys", text);
    keys.restore();
    expect(keyOf("duplicate")).toBe(actionById("duplicate")?.key);
  },
);
