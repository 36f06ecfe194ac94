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
  expect([element("row").title, element("row").getAttribute("aria-description")]).toEqual(["", "A row"]);
  expect(await rest("name")).toBe("A name");
  expect([element("row").title, element("name").title]).toEqual(["A row", ""]);
  expect(element("row").hasAttribute("aria-description")).toBe(false);
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

const told = () => screen.queryByRole("tooltip")?.textContent?.trim();

async function changed(work: () => void): Promise<void> {
  work();
  await vi.advanceTimersByTimeAsync(20);
  flushSync();
}

test("a title that changes under the hand is said anew, by nobody else, and is what stays", async () => {
  await rest("plain");
  await changed(() => (element("row").title = "Another"));
  const { title } = element("row");
  expect([told(), title, element("row").getAttribute("aria-description")]).toEqual(["Another", "", "Another"]);
  await rest("other");
  expect(element("row").title).toBe("Another");
});

test.each([
  ["title", () => element("row").removeAttribute("title"), null],
  ["element", () => element("row").remove(), undefined],
] as const)("a %s that goes takes what is said with it", async (_, go, title) => {
  await rest("plain");
  await changed(go);
  expect(told()).toBeUndefined();
  await rest("other");
  expect(document.getElementById("row")?.getAttribute("title")).toBe(title);
});

test("a description of its own is kept", async () => {
  element("row").setAttribute("aria-description", "Its own");
  await rest("plain");
  await rest("other");
  expect(element("row").getAttribute("aria-description")).toBe("Its own");
});

test.each([
  ["below, about its middle", { x: 400, below: 100, above: 80 }, { left: 350, top: 106 }],
  ["inside at the left rim", { x: 10, below: 100, above: 80 }, { left: 8, top: 106 }],
  ["inside at the right rim", { x: 795, below: 100, above: 80 }, { left: 692, top: 106 }],
  ["above where there is no room below", { x: 400, below: 590, above: 570 }, { left: 350, top: 544 }],
])("it stands %s", (_, at, place) => {
  expect(placedTip(at, { width: 100, height: 20 }, { innerWidth: 800, innerHeight: 600 })).toEqual(place);
});
