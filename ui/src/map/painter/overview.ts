/**
 * The whole map without words and links, to lie where a moving zoom has nothing better to show yet. Made when it is
 * first needed after a change, in a bitmap of its own; it is never what a resting window shows.
 */
import { type Box, cardBox, grow, type SceneCard } from "../scene";
import type { MapTheme } from "../theme";
import type { World } from "../world";
import type { Brush } from "./brush";
import { cardLook } from "./cards";
import { paintColumns } from "./columns";
import { paintLanes } from "./lanes";

/** As many pixels as a small window has, and no side that a canvas might not have. */
const pixels = 1_000_000;
const longestSide = 4096;
/** To paint over the places of more cards would take longer than a frame has. */
const mostHeld = 400;
/** Columns and lanes go on beside the cards. */
const margin = 24;

export class Overview {
  readonly #canvas = document.createElement("canvas");
  #box: Box | null = null;

  forget(): void {
    this.#box = null;
  }

  /** `brush`: of the window, in map units. `held`: cards that are seen elsewhere just now. */
  paint(brush: Brush, world: World, held: ReadonlySet<string>): void {
    this.#box ??= this.#make(brush, world);
    if (this.#box === null) return;
    const { left, top, right, bottom } = this.#box;
    brush.ctx.drawImage(this.#canvas, left, top, right - left, bottom - top);
    // One pixel here is several there, and a block may have been painted over a part of each at its rim.
    const blur = (right - left) / this.#canvas.width;
    if (held.size > mostHeld) return;
    for (const id of held) {
      const card = world.scene.cards.get(id);
      if (card !== undefined) paintNothing(brush, world, grow(cardBox(card), blur));
    }
  }

  /** Answers what of the map it shows; null: nothing is there. */
  #make(brush: Brush, { scene, content }: World): Box | null {
    if (content === null) return null;
    const box = grow(content, margin);
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    const zoom = Math.min(Math.sqrt(pixels / (width * height)), longestSide / Math.max(width, height), 1);
    this.#canvas.width = Math.max(1, Math.round(width * zoom));
    this.#canvas.height = Math.max(1, Math.round(height * zoom));
    const ctx = this.#canvas.getContext("2d", { alpha: false });
    if (ctx === null) return null;
    const own: Brush = { ...brush, ctx, zoom, detail: "dot", stamps: null };
    ctx.setTransform(this.#canvas.width / width, 0, 0, this.#canvas.height / height, 0, 0);
    ctx.translate(-box.left, -box.top);
    paintColumns(own, scene.columns, box);
    paintLanes(own, scene.lanes, box);
    for (const card of scene.cards.values()) paintBlock(own, card);
    return box;
  }
}

function paintNothing(brush: Brush, { scene }: World, box: Box): void {
  const { ctx } = brush;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  ctx.clip();
  paintColumns(brush, scene.columns, box);
  paintLanes(brush, scene.lanes, box);
  ctx.restore();
}

function paintBlock({ ctx, theme, zoom }: Brush, card: SceneCard): void {
  const { fill, edge } = outline(theme, card);
  const line = 1.2 / zoom;
  ctx.fillStyle = edge;
  ctx.fillRect(card.x, card.y, card.width, card.height);
  if (card.height <= line * 3) return;
  ctx.fillStyle = fill;
  ctx.fillRect(card.x + line, card.y + line, card.width - line * 2, card.height - line * 2);
}

function outline(theme: MapTheme, card: SceneCard): { fill: string; edge: string } {
  const { fill, edge } = cardLook(theme, card);
  return card.stopped ? { fill, edge: theme.link } : { fill, edge };
}
