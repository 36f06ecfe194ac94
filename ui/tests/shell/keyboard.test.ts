/** Which key does what, and where it does nothing. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { actions } from "../../src/actions";
import { stepPane } from "../../src/actions/stepPane";
import { onWindowContextMenu } from "../../src/shell/contextMenu";
import { actionFor, chordOf, onWindowKey } from "../../src/shell/keyboard";
import { dialogs } from "../../src/state/dialogs.svelte";
import { intentions } from "../../src/state/intentions.svelte";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { openMap } from "../harness";

beforeEach(async () => {
  await openMap("escape-my-house");
  document.body.innerHTML = `
    <div data-pane="map"><canvas tabindex="0"></canvas><button>On the map</button></div>
    <div role="tree"><div role="treeitem" tabindex="0"></div></div>
    <input type="text" /><button id="elsewhere"></button>`;
});

afterEach(() => {
  intentions.picker = null;
  intentions.renaming = null;
  document.body.innerHTML = "";
});

/** Presses a key on an element of the page; answers the id of the action that it means there. */
function meaning(key: string, on: string, held: Partial<KeyboardEventInit> = {}): string | undefined {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held });
  let found: string | undefined;
  const listen = (pressed: Event) => {
    found = actionFor(pressed as KeyboardEvent)?.id;
  };
  window.addEventListener("keydown", listen);
  document.querySelector(on)?.dispatchEvent(event);
  window.removeEventListener("keydown", listen);
  return found;
}

const map = '[data-pane="map"] canvas';
const tree = '[role="treeitem"]';
const field = "input";

test("Tab draws backward on the map while something is selected, and else moves on", () => {
  expect(meaning("Tab", map)).toBeUndefined();
  selection.select("planner");
  expect(meaning("Tab", map)).toBe("addUpstream");
  expect(meaning("Tab", map, { shiftKey: true })).toBe("addDownstream");
  expect(meaning("Enter", map)).toBe("addSibling");
  expect(meaning("Tab", tree)).toBeUndefined();
  expect(meaning("Tab", '[data-pane="map"] button')).toBeUndefined();
});

test("the selection's keys work in the outline too, not in a field", () => {
  selection.select("planner");
  for (const [key, id] of [
    ["F2", "rename"],
    ["Delete", "delete"],
    ["l", "linkTo"],
    ["Escape", "deselect"],
  ] as const) {
    expect(meaning(key, map), key).toBe(id);
    expect(meaning(key, tree), key).toBe(id);
    expect(meaning(key, field), key).toBeUndefined();
  }
});

test("a field keeps its own undo, its letters and its arrows; commands and gaps still answer", () => {
  selection.select("planner");
  expect(meaning("z", field, { ctrlKey: true })).toBeUndefined();
  expect(meaning("?", field)).toBeUndefined();
  expect(meaning("ArrowLeft", field)).toBeUndefined();
  expect(meaning("k", field, { ctrlKey: true })).toBe("palette");
  expect(meaning("F8", field)).toBe("nextGap");
  expect(meaning("F6", field)).toBe("nextPane");
});

test("signs are matched as typed, on whatever key they are", () => {
  expect(meaning("?", map, { shiftKey: true })).toBe("help");
  expect(meaning("?", map)).toBe("help");
  expect(chordOf(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, shiftKey: true }))).toBe("Ctrl+Shift+Z");
  expect(chordOf(new KeyboardEvent("keydown", { key: "z", metaKey: true }))).toBe("Ctrl+Z");
});

/** Esc goes step by step: what is selected is let go of before a reading ends. Enter fills a slot it stands on. */
const inTurn: Record<string, string> = { stopReading: "deselect", addSibling: "takeSlot" };

test("no two actions answer to the same key in the same place", () => {
  const taken = new Map<string, string>();
  for (const action of actions) {
    for (const key of [action.key, ...(action.otherKeys ?? [])]) {
      if (key === null) continue;
      expect(taken.get(key), `${key} of ${action.id}`).toBe(inTurn[action.id]);
      taken.set(key, action.id);
    }
  }
});

test("while a dialog, the picker or a name is open, keys are theirs", () => {
  selection.select("planner");
  const press = () => onWindowKey(new KeyboardEvent("keydown", { key: "Tab", cancelable: true }));
  dialogs.show({ kind: "about" });
  press();
  expect(intentions.picker).toBeNull();
  dialogs.close();
  intentions.renaming = "planner";
  press();
  expect(intentions.picker).toBeNull();
  intentions.renaming = null;
  press();
  expect(intentions.picker).toMatchObject({ anchor: "planner", direction: "upstream", mode: "add" });
});

test("a key that means nothing is left alone", () => {
  const event = new KeyboardEvent("keydown", { key: "F9", cancelable: true });
  onWindowKey(event);
  expect(event.defaultPrevented).toBe(false);
});

test("a held key walks on, and edits once", () => {
  selection.select("planner");
  const press = (key: string, held: Partial<KeyboardEventInit>) => {
    const event = new KeyboardEvent("keydown", { key, cancelable: true, ...held });
    onWindowKey(event);
    return event.defaultPrevented;
  };
  const before = session.history.undo;
  expect(press("Delete", { repeat: true })).toBe(true);
  expect(press("Tab", { repeat: true })).toBe(true);
  expect(intentions.picker).toBeNull();
  press("ArrowLeft", { repeat: true });
  expect(selection.touchpoint).not.toBe("planner");
  expect(session.history.undo).toBe(before);
});

test("the panes are walked by what they are there for, else by where they were left", () => {
  document.body.innerHTML = `
    <div data-pane="outline"><button tabindex="-1">One</button><button tabindex="0">Two</button></div>
    <div data-pane="map"><button tabindex="0">A stage</button><canvas tabindex="0" data-pane-core></canvas></div>`;
  stepPane(1);
  expect(document.activeElement?.textContent).toBe("Two");
  stepPane(1);
  expect(document.activeElement?.tagName).toBe("CANVAS");
});

test.each([
  ["a label", "<p>Words</p>", true],
  ["a field", "<input type='text' />", false],
  ["a longer field", "<textarea></textarea>", false],
  ["a field among labels", "<div contenteditable='true'></div>", false],
])("the web view's own menu on %s", (_, html, kept) => {
  document.body.innerHTML = html;
  const event = new MouseEvent("contextmenu", { bubbles: true, cancelable: true });
  window.addEventListener("contextmenu", onWindowContextMenu, { once: true });
  document.body.firstElementChild?.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(kept);
});

test("beside the words that are selected a press brings no menu of the web view", () => {
  document.body.innerHTML = "<section><p>Words to copy</p></section>";
  const [panel, words] = [document.querySelector("section"), document.querySelector("p")];
  document.getSelection()?.selectAllChildren(words as Node);
  window.addEventListener("contextmenu", onWindowContextMenu, { once: true });
  const event = new MouseEvent("contextmenu", {
    bubbles: true,
    cancelable: true,
    button: 2,
    clientX: 900,
    clientY: 900,
  });
  panel?.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
});

test("words that are selected keep a menu to copy them by", () => {
  document.body.innerHTML = "<p>Words to copy</p><p>Others</p>";
  const [words, others] = document.querySelectorAll("p");
  document.getSelection()?.selectAllChildren(words as Node);
  window.addEventListener("contextmenu", onWindowContextMenu);
  const prevented = [words, others].map((part) => {
    const event = new MouseEvent("contextmenu", { bubbles: true, cancelable: true });
    part?.dispatchEvent(event);
    return event.defaultPrevented;
  });
  window.removeEventListener("contextmenu", onWindowContextMenu);
  expect(prevented).toEqual([false, true]);
});
