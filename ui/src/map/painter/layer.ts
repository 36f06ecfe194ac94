/**
 * The map's resting picture in an offscreen bitmap of exactly the window's device pixels. Panning
 * shifts the bitmap and paints only the strips that came into view; an edit paints only its areas;
 * a new zoom, or an edit all over the window, is painted in bands over several frames while the old
 * picture is shown, so that no frame takes long. It knows nothing of cards: `paint` draws a part of the map.
 */
import type { Box } from "../scene";
import type { Viewport } from "../viewport";
import type { Pixels } from "./stamps";

export type PaintPart = (ctx: CanvasRenderingContext2D, view: Viewport, box: Box, pixels: Pixels) => void;

type Sheet = { canvas: HTMLCanvasElement; ctx: CanvasRenderingContext2D };
type Area = { x: number; y: number; width: number; height: number };

const bandCount = 8;
/** More stale areas than this, or more than this share of the window, and all is painted anew. */
const mostAreas = 48;
const mostShare = 0.6;
/** Once a zoom rests, nothing else wants the frame. */
const afterZooming = 1.5;
/**
 * While it moves, the old picture at another size takes most of a frame. What is left for the next picture, in
 * milliseconds, is saved up until it pays for a band; a dearer band than this waits until the zoom rests.
 */
const whileZooming = 1.2;
const dearestWhileZooming = 3.5;
/** How fast it is forgotten that a band was dear. */
const fading = 0.8;
/** An edit is to be seen at once: it may take this many times a frame's share of time before it is spread over frames. */
const urgency = 3;

export class Layer {
  #paint: PaintPart;
  #front = sheet();
  #back = sheet();
  #ratio = 1;
  #view: Viewport | null = null;
  /** The zoom that was last wanted. */
  #zoom = 0;
  #stale: Box[] = [];
  #job: { view: Viewport; band: number; urgent: boolean } | null = null;
  /** Milliseconds that a band took lately, and those saved up for one. */
  #bandCost = 0;
  #saved = 0;

  constructor(paint: PaintPart) {
    this.#paint = paint;
  }

  /** Null: everything. */
  invalidate(boxes: readonly Box[] | null): void {
    if (boxes === null) {
      this.#view = null;
      this.#job = null;
      this.#stale = [];
    } else if (this.#job === null) this.#stale.push(...boxes);
    else if (boxes.length > 0) this.#job.band = 0;
  }

  /**
   * Brings the picture towards `view` within about `budget` milliseconds. Answers whether it is crisp
   * and complete; when not, ask again in the next frame.
   */
  prepare(view: Viewport, ratio: number, budget: number): boolean {
    const start = performance.now();
    const wanted = snapped(view, ratio);
    this.#fitSize(wanted, ratio);
    if (this.#job === null) {
      if (this.#view?.zoom === wanted.zoom) this.#scroll(wanted);
      else this.#start(wanted, false);
    }
    const stretched = this.#view !== null && this.#view.zoom !== wanted.zoom;
    const zooming = this.#zoom !== wanted.zoom;
    this.#zoom = wanted.zoom;
    if (stretched && zooming) this.#workBetween();
    else {
      this.#saved = 0;
      const share = this.#job?.urgent ? urgency : stretched ? afterZooming : 1;
      this.#work(start + budget * share, this.#view === null);
    }
    if (this.#job === null && this.#view?.zoom === wanted.zoom) this.#scroll(wanted);
    return this.#job === null && this.#view !== null && same(this.#view, wanted);
  }

  /** Whether what there is of the picture fills the window in this view. */
  fills(view: Viewport): boolean {
    const from = this.#view;
    if (from === null) return false;
    const to = snapped(view, this.#ratio);
    const scale = to.zoom / from.zoom;
    const left = to.x - from.x * scale;
    const top = to.y - from.y * scale;
    return left <= 0 && top <= 0 && left + from.width * scale >= to.width && top + from.height * scale >= to.height;
  }

  /** Draws what there is of the picture: in place when it is crisp, shifted and scaled otherwise. */
  drawTo(target: CanvasRenderingContext2D, view: Viewport): void {
    const from = this.#view;
    if (from === null) return;
    const to = snapped(view, this.#ratio);
    const scale = to.zoom / from.zoom;
    const x = Math.round((to.x - from.x * scale) * this.#ratio);
    const y = Math.round((to.y - from.y * scale) * this.#ratio);
    const { width, height } = this.#front.canvas;
    if (scale === 1) target.drawImage(this.#front.canvas, x, y);
    else target.drawImage(this.#front.canvas, x, y, width * scale, height * scale);
  }

  #fitSize(view: Viewport, ratio: number): void {
    const { width, height } = devicePixels(view, ratio);
    if (this.#ratio === ratio && this.#front.canvas.width === width && this.#front.canvas.height === height) return;
    for (const { canvas } of [this.#front, this.#back]) {
      canvas.width = width;
      canvas.height = height;
    }
    this.#ratio = ratio;
    this.invalidate(null);
  }

  #start(view: Viewport, urgent: boolean): void {
    this.#job = { view, band: 0, urgent };
    this.#stale = [];
  }

  /** One band of the picture in work, when enough has been saved up for it. */
  #workBetween(): void {
    this.#saved = Math.min(this.#saved + whileZooming, dearestWhileZooming);
    if (this.#job === null || this.#bandCost > this.#saved) return;
    const start = performance.now();
    this.#work(start, false);
    this.#saved -= performance.now() - start;
  }

  /** Paints bands of the picture in work until it is done or time is up; the first picture of all is done at once. */
  #work(deadline: number, whole: boolean): void {
    const job = this.#job;
    if (job === null) return;
    const { width, height } = this.#back.canvas;
    // What reaches from one band into the next is painted twice: in one piece where nobody waits for the first band.
    const bands = whole ? 1 : bandCount;
    if (whole) job.band = 0;
    while (job.band < bands) {
      const top = Math.floor((height * job.band) / bands);
      const bottom = Math.floor((height * (job.band + 1)) / bands);
      const start = performance.now();
      this.#paintArea(this.#back, job.view, { x: 0, y: top, width, height: bottom - top });
      const end = performance.now();
      this.#bandCost = Math.max((end - start) * (bands / bandCount), this.#bandCost * fading);
      job.band += 1;
      if (job.band < bands && end > deadline) return;
    }
    [this.#front, this.#back] = [this.#back, this.#front];
    this.#view = job.view;
    this.#job = null;
  }

  #scroll(view: Viewport): void {
    const from = this.#view as Viewport;
    const { width, height } = this.#front.canvas;
    const dx = Math.round((view.x - from.x) * this.#ratio);
    const dy = Math.round((view.y - from.y) * this.#ratio);
    if (Math.abs(dx) >= width * mostShare || Math.abs(dy) >= height * mostShare) {
      this.#start(view, false);
      return;
    }
    if (dx !== 0 || dy !== 0) {
      this.#back.ctx.globalCompositeOperation = "copy";
      this.#back.ctx.setTransform(1, 0, 0, 1, 0, 0);
      this.#back.ctx.drawImage(this.#front.canvas, dx, dy);
      this.#back.ctx.globalCompositeOperation = "source-over";
      [this.#front, this.#back] = [this.#back, this.#front];
      this.#view = view;
      if (dx !== 0)
        this.#paintArea(this.#front, view, { x: dx > 0 ? 0 : width + dx, y: 0, width: Math.abs(dx), height });
      if (dy !== 0)
        this.#paintArea(this.#front, view, { x: 0, y: dy > 0 ? 0 : height + dy, width, height: Math.abs(dy) });
    }
    this.#mend(view, width, height);
  }

  #mend(view: Viewport, width: number, height: number): void {
    if (this.#stale.length === 0) return;
    const areas = this.#stale.map((box) => this.#areaOf(box, view, width, height)).filter((area) => area !== null);
    this.#stale = [];
    const apart = joined(areas);
    const sum = apart.reduce((all, area) => all + area.width * area.height, 0);
    if (apart.length > mostAreas || sum > width * height * mostShare) this.#start(view, true);
    else for (const area of apart) this.#paintArea(this.#front, view, area);
  }

  #areaOf(box: Box, view: Viewport, width: number, height: number): Area | null {
    const scale = view.zoom * this.#ratio;
    const x = Math.max(0, Math.floor(box.left * scale + view.x * this.#ratio) - 1);
    const y = Math.max(0, Math.floor(box.top * scale + view.y * this.#ratio) - 1);
    const right = Math.min(width, Math.ceil(box.right * scale + view.x * this.#ratio) + 1);
    const bottom = Math.min(height, Math.ceil(box.bottom * scale + view.y * this.#ratio) + 1);
    return right <= x || bottom <= y ? null : { x, y, width: right - x, height: bottom - y };
  }

  /** Clipped to whole device pixels: neighbouring areas meet without a seam. */
  #paintArea({ ctx }: Sheet, view: Viewport, area: Area): void {
    const scale = view.zoom * this.#ratio;
    const offsetX = Math.round(view.x * this.#ratio);
    const offsetY = Math.round(view.y * this.#ratio);
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.beginPath();
    ctx.rect(area.x, area.y, area.width, area.height);
    ctx.clip();
    ctx.setTransform(scale, 0, 0, scale, offsetX, offsetY);
    const box = {
      left: (area.x - offsetX) / scale,
      top: (area.y - offsetY) / scale,
      right: (area.x + area.width - offsetX) / scale,
      bottom: (area.y + area.height - offsetY) / scale,
    };
    this.#paint(ctx, view, box, { scale, x: offsetX, y: offsetY });
    ctx.restore();
  }
}

/** Areas that overlap much become one: what they share is painted once. Among very many this is not worth the search. */
function joined(areas: readonly Area[]): Area[] {
  if (areas.length > mostAreas * 4) return [...areas];
  const apart: Area[] = [];
  for (const area of areas) {
    let whole = area;
    for (let at = apart.length - 1; at >= 0; at--) {
      const both = union(whole, apart[at] as Area);
      if (size(both) > size(whole) + size(apart[at] as Area)) continue;
      apart.splice(at, 1);
      whole = both;
    }
    apart.push(whole);
  }
  return apart;
}

function union(a: Area, b: Area): Area {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  return { x, y, width, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

function size(area: Area): number {
  return area.width * area.height;
}

/** How many pixels of the screen a size in CSS pixels takes: whole ones, and at least one. */
export function devicePixels(
  size: { width: number; height: number },
  ratio: number,
): { width: number; height: number } {
  return { width: Math.max(1, Math.round(size.width * ratio)), height: Math.max(1, Math.round(size.height * ratio)) };
}

/** The view with its offset on whole device pixels, so that a shift of the bitmap is exact. */
export function snapped(view: Viewport, ratio: number): Viewport {
  return { ...view, x: Math.round(view.x * ratio) / ratio, y: Math.round(view.y * ratio) / ratio };
}

function same(a: Viewport, b: Viewport): boolean {
  return a.zoom === b.zoom && Math.abs(a.x - b.x) < 0.01 && Math.abs(a.y - b.y) < 0.01;
}

function sheet(): Sheet {
  const canvas = document.createElement("canvas");
  const ctx = canvas.getContext("2d", { alpha: false });
  if (ctx === null) throw new Error("This web view cannot paint on a canvas.");
  return { canvas, ctx };
}
