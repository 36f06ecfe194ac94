/** The zoom in the status bar: it follows the view a few times a second, and ends up telling the zoom that is. */
import { cleanup, render, screen } from "@testing-library/svelte";
import { flushSync, tick } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import ZoomMenu from "../../src/shell/ZoomMenu.svelte";
import { type Canvas, canvasDoor } from "../../src/state/canvas.svelte";
import { session } from "../../src/state/session.svelte";

const view = new SvelteMap([["zoom", 1]]);
let leave: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  session.screen = "map";
  view.set("zoom", 1);
  leave = canvasDoor.register({ zoom: () => view.get("zoom") ?? 1 } as Canvas);
  render(ZoomMenu);
  await later(0);
});
afterEach(() => {
  cleanup();
  leave();
  vi.useRealTimers();
});

async function later(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await tick();
}

const told = () => screen.queryByRole("button")?.textContent?.trim();

test("a zoom in many frames is told once in a while, and its end is", async () => {
  expect(told()).toBe("100 %");
  const figures = new Set<string | undefined>();
  for (let frame = 1; frame <= 30; frame += 1) {
    flushSync(() => view.set("zoom", 1 - frame / 100));
    await later(16);
    figures.add(told());
  }
  expect(figures.size).toBeLessThan(4);
  await later(300);
  expect(told()).toBe("70 %");
});

test("without a map there is no zoom, and with another one it is told at once", async () => {
  leave();
  await later(0);
  expect(told()).toBeUndefined();
  view.set("zoom", 0.5);
  leave = canvasDoor.register({ zoom: () => view.get("zoom") ?? 1 } as Canvas);
  await later(0);
  expect(told()).toBe("50 %");
});
