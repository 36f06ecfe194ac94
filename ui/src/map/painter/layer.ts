/**
 * The map's resting picture in an offscreen bitmap in the window's device pixels, larger than the window by a margin.
 * Panning looks at another part of the bitmap; what it will miss next is painted ahead, a little in each frame, and
 * some way further: links are long, so a wide strip costs hardly more than a narrow one. An edit paints only its
 * areas; a new zoom, or an edit all over the window, is painted in bands over several frames while the old picture is
 * shown, so that no frame takes long. It knows nothing of cards: `paint` draws a part of the map.
 */
import type { Box } from "../scene";
import type { Viewport } from "../viewport";
import { type Area, holds, joined, type Strip, shared, size, stripAhead, widened } from "./areas";
import type { Pixels } from "./stamps";

/** Paints as it is asked on; between two steps it may be left for later frames. */
export type PaintPart = (ctx: CanvasRenderingContext2D, zoom: number, box: Box, pixels: Pixels) => Iterator<void>;

type Sheet = { canvas: HTMLCanvasElement; ctx: CanvasRenderingContext2D };
/** Where the map's origin lies on a bitmap, in whole pixels, at which zoom; and which part of the bitmap shows it. */
type Picture = { zoom: number; x: number; y: number; painted: Area };

/** Pixels of the bitmap around the window, and how far strips are painted ahead. */
const margin = 256;
const ahead = 128;
/** How many moves before it is needed a strip is begun, and the milliseconds of each that it takes. */
const soon = 8;
const stripTime = 5;
/** A window that comes so near the rim of the bitmap is put into its middle again. */
const nearRim = 96;

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
  #picture: Picture | null = null;
  #width = 0;
  #height = 0;
  /** What is being painted ahead, and where the window was before. */
  #strip: (Strip & { steps: Iterator<void> }) | null = null;
  #before: Area | null = null;
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
      this.#picture = null;
      this.#strip = null;
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
      if (this.#picture?.zoom === wanted.zoom) this.#scroll(wanted, this.#picture);
      else this.#start(wanted, false);
    }
    const stretched = this.#picture !== null && this.#picture.zoom !== wanted.zoom;
    const zooming = this.#zoom !== wanted.zoom;
    this.#zoom = wanted.zoom;
    if (stretched && zooming) this.#workBetween();
    else {
      this.#saved = 0;
      const share = this.#job?.urgent ? urgency : stretched ? afterZooming : 1;
      this.#work(start + budget * share, this.#picture === null);
    }
    if (this.#job === null && this.#picture?.zoom === wanted.zoom) this.#scroll(wanted, this.#picture);
    const picture = this.#picture;
    if (this.#job !== null || picture?.zoom !== wanted.zoom) return false;
    return holds(picture.painted, this.#windowOn(picture, wanted));
  }

  /** Whether what there is of the picture fills the window in this view. */
  fills(view: Viewport): boolean {
    const shown = this.#shownIn(view);
    return shown !== null && holds(shown, { x: 0, y: 0, width: this.#width, height: this.#height });
  }

  /** Draws what there is of the picture: in place when it is crisp, shifted and scaled otherwise. */
  drawTo(target: CanvasRenderingContext2D, view: Viewport): void {
    const shown = this.#shownIn(view);
    const picture = this.#picture;
    if (shown === null || picture === null) return;
    const { x, y, width, height } = picture.painted;
    const { canvas } = this.#front;
    const from = snapped(view, this.#ratio);
    // Nothing else may be seen of the bitmap; cutting it to what is seen is the quickest where it is as large as that.
    const cut = from.zoom === picture.zoom ? shared(picture.painted, this.#windowOn(picture, from)) : null;
    if (cut !== null)
      target.drawImage(
        canvas,
        cut.x,
        cut.y,
        cut.width,
        cut.height,
        shown.x + cut.x - x,
        shown.y + cut.y - y,
        cut.width,
        cut.height,
      );
    else target.drawImage(canvas, x, y, width, height, shown.x, shown.y, shown.width, shown.height);
  }

  /** Where in the window what is painted stands, stretched or not. */
  #shownIn(view: Viewport): Area | null {
    const picture = this.#picture;
    if (picture === null) return null;
    const to = snapped(view, this.#ratio);
    const scale = to.zoom / picture.zoom;
    const { painted } = picture;
    return {
      x: Math.round(to.x * this.#ratio + (painted.x - picture.x) * scale),
      y: Math.round(to.y * this.#ratio + (painted.y - picture.y) * scale),
      width: painted.width * scale,
      height: painted.height * scale,
    };
  }

  /** What of the bitmap the window looks at. */
  #windowOn(picture: Picture, view: Viewport): Area {
    return {
      x: picture.x - Math.round(view.x * this.#ratio),
      y: picture.y - Math.round(view.y * this.#ratio),
      width: this.#width,
      height: this.#height,
    };
  }

  #fitSize(view: Viewport, ratio: number): void {
    const { width, height } = devicePixels(view, ratio);
    if (this.#ratio === ratio && this.#width === width && this.#height === height) return;
    for (const { canvas } of [this.#front, this.#back]) {
      canvas.width = width + margin * 2;
      canvas.height = height + margin * 2;
    }
    this.#ratio = ratio;
    this.#width = width;
    this.#height = height;
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
    const [width, height] = [this.#width, this.#height];
    const picture = this.#pictureOf(job.view);
    // What reaches from one band into the next is painted twice: in one piece where nobody waits for the first band.
    const bands = whole ? 1 : bandCount;
    if (whole) job.band = 0;
    while (job.band < bands) {
      const top = Math.floor((height * job.band) / bands);
      const bottom = Math.floor((height * (job.band + 1)) / bands);
      const start = performance.now();
      this.#paintArea(this.#back, picture, { x: margin, y: margin + top, width, height: bottom - top });
      const end = performance.now();
      this.#bandCost = Math.max((end - start) * (bands / bandCount), this.#bandCost * fading);
      job.band += 1;
      if (job.band < bands && end > deadline) return;
    }
    [this.#front, this.#back] = [this.#back, this.#front];
    this.#picture = picture;
    this.#strip = null;
    this.#before = null;
    this.#job = null;
  }

  /** The picture of a view with the window in the middle of the bitmap. */
  #pictureOf({ x, y, zoom }: Viewport): Picture {
    return {
      zoom,
      x: Math.round(x * this.#ratio) + margin,
      y: Math.round(y * this.#ratio) + margin,
      painted: { x: margin, y: margin, width: this.#width, height: this.#height },
    };
  }

  #scroll(view: Viewport, from: Picture): void {
    // What was begun before the map changed is not gone on with.
    if (this.#stale.length > 0) this.#strip = null;
    const seen = this.#windowOn(from, view);
    const common = shared(from.painted, seen);
    if (
      common === null ||
      common.width <= seen.width * (1 - mostShare) ||
      common.height <= seen.height * (1 - mostShare)
    ) {
      this.#start(view, false);
      return;
    }
    const bitmap = { x: 0, y: 0, width: this.#width + margin * 2, height: this.#height + margin * 2 };
    const step = this.#before === null ? { x: 0, y: 0 } : { x: seen.x - this.#before.x, y: seen.y - this.#before.y };
    const picture = holds(bitmap, soonSeen(seen, step)) ? from : this.#shifted(from, seen, bitmap);
    const window = this.#windowOn(picture, view);
    if (!holds(picture.painted, window) && this.#strip !== null) {
      if (holds(this.#strip.painted, window)) this.#goOnWithStrip(picture);
      this.#strip = null;
    }
    if (!holds(picture.painted, window)) {
      const { missing, painted } = widened(picture.painted, window, bitmap, ahead);
      for (const area of missing) this.#paintArea(this.#front, picture, area);
      picture.painted = painted;
    } else if (this.#stale.length === 0 && (step.x !== 0 || step.y !== 0)) this.#goAhead(picture, window, bitmap, step);
    this.#picture = picture;
    this.#before = window;
    this.#mend(view, picture, window);
  }

  /** Some of the strip that will be missing next, or all of it where there is enough for one more move only. */
  #goAhead(picture: Picture, window: Area, bitmap: Area, step: { x: number; y: number }): void {
    // A hand that has turned round has left what was to be painted for it.
    if (this.#strip !== null && !holds(this.#strip.painted, window)) this.#strip = null;
    if (this.#strip === null) {
      const strip = stripAhead(picture.painted, window, bitmap, step, ahead, soon);
      if (strip === null) return;
      this.#strip = { ...strip, steps: this.#steps(this.#front, picture, strip.area) };
    }
    this.#strip.moves -= 1;
    const deadline = this.#strip.moves < 1 ? Number.POSITIVE_INFINITY : performance.now() + stripTime;
    this.#goOnWithStrip(picture, deadline);
  }

  #goOnWithStrip(picture: Picture, deadline = Number.POSITIVE_INFINITY): void {
    const strip = this.#strip;
    if (strip === null || !this.#goOn(this.#front, picture, strip.area, strip.steps, deadline)) return;
    picture.painted = strip.painted;
    this.#strip = null;
  }

  /** The same picture with the window in the middle of the bitmap again. */
  #shifted(picture: Picture, window: Area, bitmap: Area): Picture {
    const dx = margin - window.x;
    const dy = margin - window.y;
    this.#strip = null;
    this.#back.ctx.globalCompositeOperation = "copy";
    this.#back.ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.#back.ctx.drawImage(this.#front.canvas, dx, dy);
    this.#back.ctx.globalCompositeOperation = "source-over";
    [this.#front, this.#back] = [this.#back, this.#front];
    const { zoom, x, y, painted } = picture;
    const moved = { ...painted, x: painted.x + dx, y: painted.y + dy };
    return { zoom, x: x + dx, y: y + dy, painted: shared(moved, bitmap) ?? moved };
  }

  /** Where something out of the window is stale, all that is out of it is let go rather than mended. */
  #mend(view: Viewport, picture: Picture, window: Area): void {
    if (this.#stale.length === 0) return;
    const stale = this.#stale.map((box) => this.#areaOf(box, picture)).filter((area) => area !== null);
    this.#stale = [];
    if (stale.some((area) => !holds(window, area))) picture.painted = window;
    const areas = stale.map((area) => shared(area, picture.painted)).filter((area) => area !== null);
    const apart = joined(areas, mostAreas * 4);
    const sum = apart.reduce((all, area) => all + size(area), 0);
    if (apart.length > mostAreas || sum > size(window) * mostShare) this.#start(view, true);
    else for (const area of apart) this.#paintArea(this.#front, picture, area);
  }

  /** By its edges: a box that goes on for ever to both sides has no width to reckon with. */
  #areaOf(box: Box, { zoom, x, y, painted }: Picture): Area | null {
    const scale = zoom * this.#ratio;
    const left = Math.max(painted.x, Math.floor(box.left * scale + x) - 1);
    const top = Math.max(painted.y, Math.floor(box.top * scale + y) - 1);
    const right = Math.min(painted.x + painted.width, Math.ceil(box.right * scale + x) + 1);
    const bottom = Math.min(painted.y + painted.height, Math.ceil(box.bottom * scale + y) + 1);
    return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
  }

  #paintArea(sheet: Sheet, picture: Picture, area: Area): void {
    this.#goOn(sheet, picture, area, this.#steps(sheet, picture, area), Number.POSITIVE_INFINITY);
  }

  #steps({ ctx }: Sheet, { zoom, x, y }: Picture, area: Area): Iterator<void> {
    const scale = zoom * this.#ratio;
    const box = {
      left: (area.x - x) / scale,
      top: (area.y - y) / scale,
      right: (area.x + area.width - x) / scale,
      bottom: (area.y + area.height - y) / scale,
    };
    return this.#paint(ctx, zoom, box, { scale, x, y });
  }

  /** Clipped to whole device pixels: neighbouring areas meet without a seam. Answers whether the area is done. */
  #goOn({ ctx }: Sheet, { zoom, x, y }: Picture, area: Area, steps: Iterator<void>, deadline: number): boolean {
    const scale = zoom * this.#ratio;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.beginPath();
    ctx.rect(area.x, area.y, area.width, area.height);
    ctx.clip();
    ctx.setTransform(scale, 0, 0, scale, x, y);
    let done = false;
    while (!done) {
      done = steps.next().done === true;
      if (performance.now() > deadline) break;
    }
    ctx.restore();
    return done;
  }
}

/** Where a window comes to look at soon. */
function soonSeen({ x, y, width, height }: Area, step: { x: number; y: number }): Area {
  const [dx, dy] = [Math.sign(step.x) * nearRim, Math.sign(step.y) * nearRim];
  return { x: x + dx, y: y + dy, width, height };
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

function sheet(): Sheet {
  const canvas = document.createElement("canvas");
  const ctx = canvas.getContext("2d", { alpha: false });
  if (ctx === null) throw new Error("This web view cannot paint on a canvas.");
  return { canvas, ctx };
}
