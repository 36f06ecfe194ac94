/**
 * The window onto the map: pan, zoom about a point, fit. Pure values and arithmetic; it knows no
 * canvas and keeps nothing. screen = map × zoom + offset, in CSS pixels.
 */
import { type Box, grow, type Point } from "./scene";

export type Viewport = { x: number; y: number; zoom: number; width: number; height: number };

/** Far enough out for a map of 20,000 touchpoints. */
export const leastZoom = 0.004;
export const mostZoom = 4;
/** Fitting never blows a small map up: cards stay the size a slide would give them. */
const mostFitZoom = 1.25;
/** Room for what reaches out of a card: its handle, its badge. */
const fitMargin = { across: 20, down: 22 };
/** A map opens no smaller than this to show its whole height, and no smaller than that to show its whole width. */
const leastOpeningZoom = { down: 0.7, across: 0.34 };
/** A presentation fills the window with a small map, and comes this much closer to a part of a large one. */
const mostStoryZoom = 1.7;
const storyStep = 1.5;
const readableZoom = 0.6;
const storyMargin = 40;
/** Coming closer by less than this is only unrest. */
const worthwhile = 1.12;
/** The size of one whose width would be too small to read. */
const partOpeningZoom = 0.5;

export function toScreen(view: Viewport, point: Point): Point {
  return { x: point.x * view.zoom + view.x, y: point.y * view.zoom + view.y };
}

export function toMap(view: Viewport, point: Point): Point {
  return { x: (point.x - view.x) / view.zoom, y: (point.y - view.y) / view.zoom };
}

/** The part of the map that can be seen, grown by `margin` CSS pixels. */
export function visibleBox(view: Viewport, margin = 0): Box {
  const least = toMap(view, { x: -margin, y: -margin });
  const most = toMap(view, { x: view.width + margin, y: view.height + margin });
  return { left: least.x, top: least.y, right: most.x, bottom: most.y };
}

export function panned(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** The map point under `about` stays under it. */
export function zoomedAbout(view: Viewport, zoom: number, about: Point): Viewport {
  const next = Math.min(mostZoom, Math.max(leastZoom, zoom));
  const scale = next / view.zoom;
  return {
    ...view,
    zoom: next,
    x: about.x - (about.x - view.x) * scale,
    y: about.y - (about.y - view.y) * scale,
  };
}

export function centre(view: Viewport): Point {
  return { x: view.width / 2, y: view.height / 2 };
}

/** Where one looks: the middle of what is seen of `box`; of the window, when nothing of it is. */
export function lookedAt(view: Viewport, box: Box | null): Point {
  const seen = visibleBox(view);
  if (box === null) return centre(view);
  const [left, right] = [Math.max(box.left, seen.left), Math.min(box.right, seen.right)];
  const [top, bottom] = [Math.max(box.top, seen.top), Math.min(box.bottom, seen.bottom)];
  return left < right && top < bottom ? toScreen(view, { x: (left + right) / 2, y: (top + bottom) / 2 }) : centre(view);
}

/** All of `box` in view, centred; what is much lower than the window stands a little above the middle. */
export function fitted(view: Viewport, box: Box, most = mostFitZoom): Viewport {
  const width = Math.max(1, box.right - box.left);
  const height = Math.max(1, box.bottom - box.top);
  const across = Math.max(1, view.width - fitMargin.across * 2) / width;
  const down = Math.max(1, view.height - fitMargin.down * 2) / height;
  return placed(view, box, Math.min(most, Math.max(leastZoom, Math.min(across, down))));
}

/**
 * The view a map opens with: all of it; when words would be lost then, its whole width from the top; when they would
 * be lost even so, its beginning at a size that can be read, as high as its `first` cards are.
 */
export function opening(view: Viewport, box: Box, first: Box): Viewport {
  const all = fitted(view, box);
  const across = Math.max(1, view.width - fitMargin.across * 2) / Math.max(1, box.right - box.left);
  const wide = across < leastOpeningZoom.across;
  if (!wide && all.zoom >= Math.min(across, leastOpeningZoom.down)) return all;
  const zoom = wide ? partOpeningZoom : Math.min(1, across);
  const whole = placed(view, box, zoom);
  return {
    ...whole,
    x: wide ? fitMargin.across - box.left * zoom : whole.x,
    y: wide
      ? (view.height - (first.top + first.bottom) * zoom) / 2
      : Math.max(fitMargin.down - box.top * zoom, whole.y),
  };
}

/**
 * A part of the map to be looked at: closer than the whole as far as that helps to read, and no closer, so that one
 * sees where one is. A part that gains nothing leaves the whole in view.
 */
export function focused(view: Viewport, whole: Box, part: Box): Viewport {
  const all = fitted(view, whole, mostStoryZoom);
  const closer = Math.min(mostStoryZoom, Math.max(all.zoom * storyStep, readableZoom));
  const near = fitted(view, grow(part, storyMargin), closer);
  return near.zoom < all.zoom * worthwhile ? all : within(near, grow(whole, storyMargin));
}

/** No emptier than it must be: where the map is larger than the window, the window stays on it. */
function within(view: Viewport, { left, top, right, bottom }: Box): Viewport {
  const kept = (at: number, low: number, high: number, size: number): number => {
    const [least, most] = [size - high * view.zoom, -low * view.zoom];
    return least > most ? (least + most) / 2 : Math.min(most, Math.max(least, at));
  };
  return { ...view, x: kept(view.x, left, right, view.width), y: kept(view.y, top, bottom, view.height) };
}

function placed(view: Viewport, box: Box, zoom: number): Viewport {
  const free = view.height - (box.bottom - box.top) * zoom;
  return {
    ...view,
    zoom,
    x: (view.width - (box.right - box.left) * zoom) / 2 - box.left * zoom,
    y: free * (free > 0 ? 0.42 : 0.5) - box.top * zoom,
  };
}

/**
 * The least pan that brings `box` into view with `margin` pixels to spare; large boxes are centred. What stands as near
 * to the edge as the whole map in view does is seen already: choosing it must not push something else out.
 */
export function revealing(view: Viewport, box: Box, margin = 48): Viewport {
  const shift = (low: number, high: number, size: number, seen: number): number => {
    if (low > seen - 1 && high < size - seen + 1) return 0;
    if (high - low > size - margin * 2) return size / 2 - (low + high) / 2;
    if (low < margin) return margin - low;
    if (high > size - margin) return size - margin - high;
    return 0;
  };
  const least = toScreen(view, { x: box.left, y: box.top });
  const most = toScreen(view, { x: box.right, y: box.bottom });
  return panned(
    view,
    shift(least.x, most.x, view.width, fitMargin.across),
    shift(least.y, most.y, view.height, fitMargin.down),
  );
}

/** A card that was asked for by its name: in view, and no smaller than its name can be read. */
export function approaching(view: Viewport, box: Box): Viewport {
  return view.zoom < leastOpeningZoom.across ? placed(view, box, readableZoom) : revealing(view, box);
}

/** A pan cannot lose the map: at least `keep` pixels of its box stay in the window. */
export function keptNear(view: Viewport, box: Box | null, keep = 96): Viewport {
  if (box === null) return view;
  const least = toScreen(view, { x: box.left, y: box.top });
  const most = toScreen(view, { x: box.right, y: box.bottom });
  const back = (low: number, high: number, size: number): number =>
    high < keep ? keep - high : low > size - keep ? size - keep - low : 0;
  const dx = back(least.x, most.x, view.width);
  const dy = back(least.y, most.y, view.height);
  return dx === 0 && dy === 0 ? view : panned(view, dx, dy);
}

/** How far beyond what is there a drag at the rim takes the map, in map units: room for a card, and one to spare. */
const roomBeyond = 120;
/** And in CSS pixels no less than this: further than the rim reaches, at which the hand is. */
const leastBeyond = 64;

/** A pan by a drag at the rim: it goes on as far as something is there, and room to put something beside it. */
export function pushed(view: Viewport, dx: number, dy: number, box: Box | null): Viewport {
  if (box === null) return view;
  const least = toScreen(view, { x: box.left, y: box.top });
  const most = toScreen(view, { x: box.right, y: box.bottom });
  const room = Math.max(leastBeyond, roomBeyond * view.zoom);
  const step = (by: number, low: number, high: number, size: number): number =>
    by > 0 ? Math.min(by, Math.max(0, room - low)) : -Math.min(-by, Math.max(0, high - (size - room)));
  return panned(view, step(dx, least.x, most.x, view.width), step(dy, least.y, most.y, view.height));
}

/** A change of window size keeps the middle of the view where it was. */
export function resized(view: Viewport, width: number, height: number): Viewport {
  return {
    ...view,
    width,
    height,
    x: view.x + (width - view.width) / 2,
    y: view.y + (height - view.height) / 2,
  };
}
