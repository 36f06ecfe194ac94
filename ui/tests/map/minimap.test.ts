/** The minimap by keyboard: arrows move what is in view, and leave other keys to the map. */
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import Minimap from "../../src/map/Minimap.svelte";

afterEach(cleanup);

const view = { x: 0, y: 0, zoom: 1, width: 400, height: 300 };
const box = { left: 0, top: 0, right: 2000, bottom: 1000 };

test("arrows move by a quarter of what is seen, with Shift by all of it; other keys are the map's", async () => {
  const onmove = vi.fn();
  render(Minimap, { scene: null, drawn: 0, box, theme: null, view, onmove });
  const map = screen.getByRole("group", { name: /^Minimap/ });
  map.focus();
  await fireEvent.keyDown(map, { key: "ArrowRight" });
  expect(onmove).toHaveBeenLastCalledWith({ x: 300, y: 150 });
  await fireEvent.keyDown(map, { key: "ArrowDown", shiftKey: true });
  expect(onmove).toHaveBeenLastCalledWith({ x: 200, y: 450 });
  expect(await fireEvent.keyDown(map, { key: "Tab" })).toBe(true);
  expect(onmove).toHaveBeenCalledTimes(2);
});

test("a map of one row keeps the shape of its cards, with empty room above and below", () => {
  render(Minimap, { scene: null, drawn: 0, box: { ...box, bottom: 60 }, theme: null, view, onmove: vi.fn() });
  const { width, height } = screen.getByRole("group", { name: /^Minimap/ }).style;
  expect([width, height]).toEqual(["176px", "53px"]);
});
