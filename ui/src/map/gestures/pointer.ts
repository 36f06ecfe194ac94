/**
 * From the browser's pointer, wheel and key events to the gesture machine, and from the gesture to
 * what the engine shows meanwhile. Deeds are not done here: `Deeds` does them.
 */
import { pointsAlong } from "../geometry";
import { cardAt, type Hit, hitTest } from "../hitTest";
import type { MapEngine } from "../mapEngine";
import { between, turnable } from "../painter/frame";
import type { Point } from "../scene";
import { centre, panned, pushed, toMap, toScreen, type Viewport, zoomedAbout } from "../viewport";
import { carried, otherLane, restFor } from "./carry";
import { type Effect, type Gesture, type Input, idle, type Keys, step, type World } from "./gesture";
import { takenBy } from "./marquee";
import { Pinch } from "./pinch";

export type Deeds = {
  world: () => World;
  perform: (effect: Exclude<Effect, { do: "pan" }>) => void;
  /** What the pointer rests on, for the tooltip; null while a gesture is under way. */
  hovered: (hit: Hit | null, at: Point) => void;
};

/** One notch of a wheel is about a quarter; a pinch comes as many small deltas. */
const zoomRate = 0.008;
const mostZoomDelta = 30;
const lineHeight = 16;
/** Near the rim of the window a drag takes the map along, this many pixels a frame at most. */
const rim = 28;
const rimPace = 14;
/** Milliseconds for which the canvas is taken to be where it was. */
const stays = 400;
/** Milliseconds after the key for a menu in which a menu event is its echo. */
const menuEcho = 600;

type Press = { hit: Hit; space: boolean };

export class Pointer {
  #element: HTMLElement;
  #engine: MapEngine;
  #deeds: Deeds;
  #gesture: Gesture = idle;
  #pinch = new Pinch();
  #space = false;
  #last: PointerEvent | null = null;
  /** The last two presses, the later one last: what a double click means is what both were on. */
  #presses: [Press | null, Press | null] = [null, null];
  #rimFrame = 0;
  #menuKey = Number.NEGATIVE_INFINITY;
  #listening = new AbortController();
  /** Where the canvas was in the window, and when that was asked. */
  #known: { left: number; top: number; since: number } | null = null;

  constructor(element: HTMLElement, engine: MapEngine, deeds: Deeds) {
    this.#element = element;
    this.#engine = engine;
    this.#deeds = deeds;
    const { signal } = this.#listening;
    element.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    element.addEventListener("mousedown", (event) => this.#again(event), { signal });
    element.addEventListener("pointermove", (event) => this.#move(event), { signal });
    element.addEventListener("pointerup", (event) => this.#up(event), { signal });
    element.addEventListener("pointercancel", (event) => this.#lost(event), { signal });
    element.addEventListener("pointerleave", () => this.#leave(), { signal });
    element.addEventListener("dblclick", (event) => this.#double(event), { signal });
    element.addEventListener("contextmenu", (event) => this.#menu(event), { signal });
    element.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    window.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
    window.addEventListener("keyup", (event) => this.#keyUp(event), { signal });
    window.addEventListener("blur", () => this.#releaseSpace(), { signal });
  }

  destroy(): void {
    this.#listening.abort();
    cancelAnimationFrame(this.#rimFrame);
  }

  cancel(): void {
    const dragging = this.#gesture.kind === "dragging";
    this.#take({ type: "cancel" });
    if (dragging) this.#engine.refuse();
  }

  #down(event: PointerEvent): void {
    if (event.button === 2) return;
    this.#element.setPointerCapture(event.pointerId);
    if (event.pointerType === "touch" && this.#touch(event)) return;
    const hit = this.#hit(event);
    this.#presses = [this.#presses[1], { hit, space: this.#space }];
    const pans = this.#space || (event.pointerType === "touch" && hit.on === "ground");
    const button = event.button === 1 ? "middle" : "main";
    if (button === "middle") event.preventDefault();
    this.#deeds.hovered(null, this.#at(event));
    this.#take({ type: "down", ...this.#where(event), button, pans, keys: keysOf(event), hit });
  }

  /** Answers whether the finger belongs to a pinch; the second one calls off what the first had begun. */
  #touch(event: PointerEvent): boolean {
    if (this.#pinch.down(event.pointerId, this.#at(event))) {
      this.cancel();
      this.#deeds.hovered(null, this.#at(event));
    }
    return this.#pinch.underWay;
  }

  /** Two fingers pan by their middle and zoom about it. */
  #pinched(event: PointerEvent): boolean {
    const change = this.#pinch.move(event.pointerId, this.#at(event));
    if (change !== null) {
      const { dx, dy, scale, about } = change;
      const moved = panned(this.#engine.view, dx, dy);
      this.#engine.setView(zoomedAbout(moved, moved.zoom * scale, about));
    }
    return this.#pinch.underWay;
  }

  /** Answers whether the finger that left belonged to a pinch. */
  #lifted(event: PointerEvent): boolean {
    const { underWay } = this.#pinch;
    this.#pinch.up(event.pointerId);
    return underWay;
  }

  #lost(event: PointerEvent): void {
    this.#pinch.up(event.pointerId);
    this.cancel();
  }

  /**
   * The second press of a double click is none of its own on a ready slot: the next slot may stand there already, or
   * what the map shows there since the first one was filled.
   */
  #again(event: MouseEvent): void {
    if (event.detail <= 1 || this.#gesture.kind !== "pressed") return;
    if (this.#presses.some((press) => press?.hit.on === "slot")) this.cancel();
  }

  #move(event: PointerEvent): void {
    if (this.#pinched(event)) return;
    this.#last = event;
    if (this.#gesture.kind === "idle") this.#hover(event);
    else {
      this.#carry(event);
      if (this.#rimFrame === 0) this.#followRim();
    }
  }

  /** What the hand holds is where the hand is, whichever of the two has moved: the hand, or the map under it. */
  #carry(event: MouseEvent): void {
    this.#take({ type: "move", ...this.#where(event), keys: keysOf(event), over: this.#over(event) });
  }

  #up(event: PointerEvent): void {
    if (this.#lifted(event) || this.#gesture.kind === "idle") return;
    this.#take({ type: "up", ...this.#where(event), keys: keysOf(event), over: this.#over(event) });
    this.#hover(event);
    this.#deeds.hovered(null, this.#at(event));
  }

  #double(event: MouseEvent): void {
    const [first, second] = this.#presses;
    if (first === null || second === null || first.space || second.space || !same(first.hit, second.hit)) return;
    // With a key that adds to the selection, two clicks on the ground are two tries to hit something.
    if (second.hit.on === "ground" && Object.values(keysOf(event)).some(Boolean)) return;
    this.#take({ type: "double", ...this.#where(event), hit: second.hit });
  }

  #menu(event: MouseEvent): void {
    event.preventDefault();
    // Some web views answer the keys for a menu with an event of their own as well.
    if (event.button === 2 || event.timeStamp - this.#menuKey > menuEcho) this.#openMenu(event);
  }

  #openMenu(event: MouseEvent): void {
    this.#take({ type: "menu", ...this.#where(event), hit: this.#hit(event) });
  }

  #leave(): void {
    if (this.#gesture.kind !== "idle") return;
    this.#engine.show({ hover: null, hot: null });
    this.#deeds.hovered(null, { x: 0, y: 0 });
  }

  #hover(event: PointerEvent): void {
    const hit = this.#hit(event);
    const onLink = hit.on === "link" || hit.on === "end";
    const on = hit.on === "slot" ? "slot" : onLink ? "link" : "card";
    const hover = hit.on === "ground" ? null : ({ on, id: hit.id } as const);
    const hot = hit.on === "handle" ? hit.side : null;
    const { overlay } = this.#engine;
    if (overlay.hover?.id !== hover?.id || overlay.hover?.on !== hover?.on || overlay.hot !== hot)
      this.#engine.show({ hover, hot });
    this.#deeds.hovered(hit, this.#at(event));
    this.#point(hit);
  }

  #point(hit: Hit): void {
    const { kind } = this.#gesture;
    const cursor =
      kind === "panning"
        ? "grabbing"
        : this.#space
          ? "grab"
          : kind === "dragging"
            ? "grabbing"
            : kind === "linking" || hit.on === "handle" || hit.on === "end"
              ? "crosshair"
              : hit.on === "badge" || hit.on === "link" || hit.on === "slot"
                ? "pointer"
                : "default";
    if (this.#element.style.cursor !== cursor) this.#element.style.cursor = cursor;
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? lineHeight : event.deltaMode === 2 ? this.#engine.view.height : 1;
    const { view } = this.#engine;
    if (event.ctrlKey || event.metaKey) {
      const delta = Math.max(-mostZoomDelta, Math.min(mostZoomDelta, event.deltaY * unit));
      this.#engine.setView(zoomedAbout(view, view.zoom * Math.exp(-delta * zoomRate), this.#at(event)));
    } else {
      const across = event.shiftKey && event.deltaX === 0;
      const dx = across ? event.deltaY : event.deltaX;
      const dy = across ? 0 : event.deltaY;
      this.#engine.setView(panned(view, -dx * unit, -dy * unit));
    }
    if (this.#gesture.kind !== "idle") this.#carry(event);
    this.#deeds.hovered(null, this.#at(event));
  }

  /**
   * Escape calls a gesture off before any other part of the window hears of it; Space makes the pointer a hand; the
   * keys for a menu open it on what is selected.
   */
  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.#gesture.kind !== "idle") {
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
    } else if (isMenuKey(event) && document.activeElement === this.#element) {
      event.preventDefault();
      event.stopPropagation();
      this.#menuKey = event.timeStamp;
      this.#take({ type: "menu", ...placeForMenu(this.#engine) });
    } else if (event.key === " " && document.activeElement === this.#element) {
      event.preventDefault();
      this.#space = true;
      this.#point({ on: "ground" });
    }
  }

  #keyUp(event: KeyboardEvent): void {
    if (event.key === " ") this.#releaseSpace();
  }

  #releaseSpace(): void {
    if (!this.#space) return;
    this.#space = false;
    this.#point({ on: "ground" });
  }

  #take(input: Input): void {
    const { gesture, effects } = step(this.#gesture, input, this.#deeds.world());
    this.#gesture = gesture;
    for (const effect of effects) {
      if (effect.do === "pan") this.#engine.setView(panned(this.#engine.view, effect.dx, effect.dy));
      else this.#deeds.perform(effect);
    }
    this.#showGesture();
    this.#point("hit" in input ? input.hit : { on: "ground" });
  }

  #showGesture(): void {
    const gesture = this.#gesture;
    if (gesture.kind !== "dragging") {
      const taking =
        gesture.kind === "marquee" ? takenBy(this.#engine.world, between(gesture.start, gesture.at)) : null;
      this.#engine.show({ gesture, guides: [], column: null, lane: null, taking });
      return;
    }
    const { scene } = this.#engine.world;
    const rest = restFor(this.#engine.world, gesture, this.#engine.view.zoom);
    const held = carried(scene, gesture.ids, rest);
    this.#engine.hold(held);
    const over = otherLane(scene, gesture.lead, held);
    const band = over === null ? undefined : scene.lanes[over];
    const lane = over === null || !band ? null : { ...this.#deeds.world().laned(gesture.ids, over), band };
    const home = scene.cards.get(gesture.lead)?.stage;
    const column = rest.column !== null && rest.column.stage !== home ? rest.column : null;
    this.#engine.show({ gesture, guides: rest.guides, column, lane });
  }

  /** Carries on panning as long as a drag stays at the rim. */
  #followRim(): void {
    this.#rimFrame = 0;
    const event = this.#last;
    const { kind } = this.#gesture;
    if (event === null || (kind !== "dragging" && kind !== "linking" && kind !== "marquee")) return;
    const at = this.#at(event);
    const { width, height } = this.#engine.view;
    const dx = rimPush(at.x, width);
    const dy = rimPush(at.y, height);
    const { view } = this.#engine;
    const next = pushed(view, dx, dy, this.#engine.world.all);
    if (next.x === view.x && next.y === view.y) return;
    this.#engine.setView(next);
    this.#carry(event);
    this.#rimFrame = requestAnimationFrame(() => this.#followRim());
  }

  #at(event: MouseEvent): Point {
    const { left, top } = this.#corner(event);
    return { x: event.clientX - left, y: event.clientY - top };
  }

  /** To ask where it is means to lay out the window: a press does, and what follows it asks a few times a second. */
  #corner({ type, timeStamp }: MouseEvent): { left: number; top: number } {
    const known = this.#known;
    if (known !== null && type !== "pointerdown" && type !== "contextmenu" && timeStamp - known.since < stays)
      return known;
    const { left, top } = this.#element.getBoundingClientRect();
    this.#known = { left, top, since: timeStamp };
    return this.#known;
  }

  #where(event: MouseEvent): { at: Point; place: Point } {
    const at = this.#at(event);
    return { at, place: toMap(this.#engine.view, at) };
  }

  #hit(event: MouseEvent): Hit {
    const { view, world, overlay } = this.#engine;
    const handles = overlay.canEdit && overlay.hover?.on === "card" ? overlay.hover.id : null;
    // Behind the veil of lit evidence no slot is seen, so none is met.
    const slots = overlay.lit === null ? overlay.slots : [];
    return hitTest(toMap(view, this.#at(event)), view.zoom, world, handles, turnable(overlay), slots);
  }

  #over(event: MouseEvent): string | null {
    if (this.#gesture.kind !== "linking" && this.#gesture.kind !== "pressed") return null;
    return cardAt(toMap(this.#engine.view, this.#at(event)), this.#engine.world, 6)?.id ?? null;
  }
}

function same(one: Hit, other: Hit): boolean {
  return one.on === other.on && (one.on === "ground" || other.on === "ground" || one.id === other.id);
}

function isMenuKey(event: KeyboardEvent): boolean {
  return event.key === "ContextMenu" || (event.shiftKey && event.key === "F10");
}

/** Without a pointer a menu is about the selection and opens on it; without one, about the map, in the middle. */
function placeForMenu(engine: MapEngine): { at: Point; place: Point; hit: Hit } {
  const { overlay, world, view } = engine;
  const card = overlay.primary;
  const box = card === null ? null : engine.boxOf(card);
  const [link] = overlay.selectedLinks;
  const curve = link === undefined ? undefined : world.scene.links.get(link)?.curve;
  const [middle] = curve === undefined ? [] : pointsAlong(curve, [0.5]);
  const place = box !== null ? { x: box.left, y: box.bottom } : (middle ?? toMap(view, centre(view)));
  const hit: Hit =
    card !== null && box !== null
      ? { on: "card", id: card }
      : link !== undefined && middle !== undefined
        ? { on: "link", id: link }
        : { on: "ground" };
  return { at: inside(view, toScreen(view, place)), place, hit };
}

function inside({ width, height }: Viewport, { x, y }: Point): Point {
  return { x: Math.min(width, Math.max(0, x)), y: Math.min(height, Math.max(0, y)) };
}

function keysOf(event: MouseEvent): Keys {
  return { shift: event.shiftKey, control: event.ctrlKey || event.metaKey, alt: event.altKey };
}

function rimPush(at: number, size: number): number {
  if (at < rim) return Math.min(rimPace, (rim - at) / 2);
  if (at > size - rim) return -Math.min(rimPace, (at - size + rim) / 2);
  return 0;
}
