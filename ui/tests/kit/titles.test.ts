/** Titles are shown in the window's own look, and are where they were when the hand has left. */
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Titles from "../../src/kit/Titles.svelte";
import { placedTip } from "../../src/kit/tipPlace";

const element = (id: string) => document.getElementById(id) as HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML =
    '<div id="row" title="A row"><b id="name" title="A name">n</b><i id="plain">p</i></div><p id="other"></p>';
  render(Titles);
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function rest(on: string): Promise<string | undefined> {
  await fireEvent.pointerOver(element(on));
  vi.advanceTimersByTime(500);
  flushSync();
  return screen.queryByRole("tooltip")?.textContent?.trim();
}

test("the nearest title is said, and the web view has none to say", async () => {
  expect(await rest("plain")).toBe("A row");
  expect(element("row").hasAttribute("title")).toBe(false);
  expect(await rest("name")).toBe("A name");
  expect([element("row").title, element("name").hasAttribute("title")]).toEqual(["A row", false]);
  expect(await rest("other")).toBeUndefined();
  expect([element("row").title, element("name").title]).toEqual(["A row", "A name"]);
});

test("a key, a press and the wheel put it away; a title that changed meanwhile stays as it is", async () => {
  for (const event of ["keyDown", "pointerDown", "wheel"] as const) {
    expect(await rest("plain"), event).toBe("A row");
    await fireEvent[event](element("plain"));
    flushSync();
    expect(screen.queryByRole("tooltip"), event).toBeNull();
    await rest("other");
  }
  await rest("plain");
  element("row").title = "Another";
  await rest("other");
  expect(element("row").title).toBe("Another");
});

test.each([
  ["below, about its middle", { x: 400, below: 100, above: 80 }, { left: 350, top: 106 }],
  ["inside at the left rim", { x: 10, below: 100, above: 80 }, { left: 8, top: 106 }],
  ["inside at the right rim", { x: 795, below: 100, above: 80 }, { left: 692, top: 106 }],
  ["above where there is no room below", { x: 400, below: 590, above: 570 }, { left: 350, top: 544 }],
])("it stands %s", (_, at, place) => {
  expect(placedTip(at, { width: 100, height: 20 }, { innerWidth: 800, innerHeight: 600 })).toEqual(place);
});
