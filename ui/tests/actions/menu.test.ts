/** The native menu and the actions of the interface: what one offers, the other does, by the same words. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actionById, actions } from "../../src/actions";

const source = readFileSync(join(import.meta.dirname, "../../../src-tauri/src/menu.rs"), "utf8");
const items = [...source.matchAll(/Some\(\("(\w+)", "([^"]*)"\)\)/g)].map(([, id = "", text = ""]) => ({
  id,
  text: text.replace("\\u{2026}", "…"),
}));

/** Done by the native side itself: a window needs no interface to be closed. */
const native = ["closeWindow"];

/** What only a hand on the keys makes sense of: a step from where one is. */
const byHandOnly = [
  ...["walkUpstream", "walkDownstream", "walkUp", "walkDown"],
  ...["extendUpstream", "extendDownstream", "extendUp", "extendDown"],
  ...["nudgeLeft", "nudgeRight", "nudgeUp", "nudgeDown"],
  ...["nextPane", "previousPane"],
];

test("every item of the menu is an action of the interface, called the same", () => {
  expect(items.length).toBeGreaterThan(60);
  for (const { id, text } of items) if (!native.includes(id)) expect(actionById(id)?.label, id).toBe(text);
});

test("every action is in the menu, or on the short list of those that need a hand", () => {
  const offered = new Set(items.map(({ id }) => id));
  const missing = actions.filter(({ id }) => !offered.has(id) && !byHandOnly.includes(id)).map(({ id }) => id);
  expect(missing).toEqual([]);
  for (const id of byHandOnly) expect([offered.has(id), actionById(id)?.key ?? null].includes(null), id).toBe(false);
});

test("no id stands for two actions", () => {
  expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
});
