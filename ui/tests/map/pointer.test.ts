/** What the pointer makes of presses: on ready slots, twice on the same thing, with several fingers, while the map moves. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Effect } from "../../src/map/gestures/gesture";
import { Pointer } from "../../src/map/gestures/pointer";
import type { MapEngine } from "../../src/map/mapEngine";
import type { Viewport } from "../../src/map/viewport";
import { worldOf } from "./scenes";

const slot = { id: "s", x: 400, y: 300, width: 200, height: 40 };
let element: HTMLElement;
let pointer: Pointer;
let effects: Effect[];
let overlay: Record<string, unknown>;
let seen: Viewport;

beforeEach(() => {
  element = document.createElement("div");
  element.setPointerCapture = () => undefined;
  document.body.append(element);
  effects = [];
  overlay = {
    canEdit: true,
    selected: new Set(),
    hover: null,
    hot: null,
    lit: null,
    selectedLinks: new Set(),
    slots: [slot],
  };
  const engine = {
    view: { x: 0, y: 0, zoom: 1, width: 1000, height: 800 },
    world: worldOf({ a: [0, 0] }, []),
    overlay,
    show: (more: object) => Object.assign(overlay, more),
    setView: (view: Viewport) => Object.assign(engine.view, view),
  };
  seen = engine.view;
  pointer = new Pointer(element, engine as unknown as MapEngine, {
    world: () => ({
      selected: new Set(),
      readOnly: false,
      refusal: () => null,
      laned: () => ({ words: "", refused: false }),
    }),
    perform: (effect) => effects.push(effect),
    hovered: () => undefined,
  });
});

afterEach(() => {
  pointer.destroy();
  element.remove();
});

function press(detail: number, keys: object = {}, [clientX, clientY] = [450, 320]): void {
  const at = { clientX, clientY, button: 0, bubbles: true, ...keys };
  element.dispatchEvent(new PointerEvent("pointerdown", at));
  element.dispatchEvent(new MouseEvent("mousedown", { ...at, detail }));
  element.dispatchEvent(new PointerEvent("pointerup", at));
}

test("a double click on a ready slot fills it once", () => {
  press(1);
  press(2);
  expect(effects).toEqual([{ do: "fill", slot: "s" }]);
  press(1);
  expect(effects).toHaveLength(2);
});

const onGround: [number, number] = [800, 600];
const onCard: [number, number] = [150, 32];

function doubleClick(place: [number, number], { keys = {}, between = () => {} } = {}): string[] {
  press(1, keys, place);
  between();
  press(2, keys, place);
  effects = [];
  const [clientX, clientY] = place;
  element.dispatchEvent(new MouseEvent("dblclick", { clientX, clientY, bubbles: true, ...keys }));
  return effects.map((effect) => effect.do);
}

test("a double click means what both of its presses were on", () => {
  expect(doubleClick(onGround)).toEqual(["add"]);
  expect(doubleClick(onCard)).toEqual(["rename"]);
  const glides = () => Object.assign(seen, { x: 300 });
  expect(doubleClick(onCard, { between: glides })).toEqual([]);
});

test("when a slot was filled and the map glides away under the second press, nothing comes of that", () => {
  press(1);
  overlay.slots = [];
  press(2);
  expect(effects.map((effect) => effect.do)).toEqual(["fill"]);
  effects = [];
  element.dispatchEvent(new MouseEvent("dblclick", { clientX: 450, clientY: 320, bubbles: true }));
  expect(effects).toEqual([]);
});

test.each([{ shiftKey: true }, { ctrlKey: true }, { metaKey: true }, { altKey: true }])(
  "with %o two clicks on the ground add nothing",
  (keys) => expect(doubleClick(onGround, { keys })).toEqual([]),
);

test("with Space held two presses move the map, and add nothing", () => {
  element.tabIndex = 0;
  element.focus();
  window.dispatchEvent(new KeyboardEvent("keydown", { key: " " }));
  expect(doubleClick(onGround)).toEqual([]);
  window.dispatchEvent(new KeyboardEvent("keyup", { key: " " }));
});

test("where evidence is lit no slot is seen, and none is met", () => {
  overlay.lit = { touchpoints: new Set(), links: new Set() };
  press(1);
  expect(effects.map((effect) => effect.do)).toEqual(["select"]);
});

test("two fingers zoom and pan; what the first had begun is called off, and the last to leave selects nothing", () => {
  const touch = (type: string, pointerId: number, clientX: number, clientY: number) =>
    element.dispatchEvent(
      new PointerEvent(type, { pointerId, clientX, clientY, pointerType: "touch", button: 0, bubbles: true }),
    );
  touch("pointerdown", 1, 20, 20);
  const begun = effects.length;
  touch("pointerdown", 2, 120, 20);
  touch("pointermove", 2, 220, 20);
  expect(seen.zoom).toBeCloseTo(2);
  touch("pointermove", 1, 20, 60);
  touch("pointermove", 2, 220, 60);
  expect(seen.zoom).toBeCloseTo(2, 1);
  const y = seen.y;
  touch("pointerup", 1, 20, 60);
  touch("pointermove", 2, 220, 300);
  expect(seen.y).toBe(y);
  touch("pointerup", 2, 220, 300);
  expect(effects).toHaveLength(begun);
  expect(overlay.gesture).toEqual({ kind: "idle" });
});

test("what is in the hand stays under it while the wheel moves the map", () => {
  const at = { clientX: 700, clientY: 600, button: 0, bubbles: true };
  element.dispatchEvent(new PointerEvent("pointerdown", at));
  element.dispatchEvent(new PointerEvent("pointermove", { ...at, clientX: 750, clientY: 650 }));
  const wheel = new WheelEvent("wheel", { deltaY: 100, bubbles: true, cancelable: true });
  element.dispatchEvent(Object.assign(wheel, { clientX: 750, clientY: 650 }));
  expect(seen.y).toBe(-100);
  expect(overlay.gesture).toMatchObject({ kind: "marquee", start: { x: 700, y: 600 }, at: { x: 750, y: 750 } });
});
