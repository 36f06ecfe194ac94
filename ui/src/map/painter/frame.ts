/**
 * One frame of the map: the resting picture from its layer, and over it what changes by the frame –
 * selection, hover, evidence, cards in the hand. It keeps no view and asks for no frames.
 */

import type { Slot } from "../../state/slots.svelte";
import type { Expected } from "../expected";
import { boxesOf } from "../geometry";
import type { Gesture } from "../gestures/gesture";
import type { Taken } from "../gestures/marquee";
import type { Guide } from "../gestures/snapping";
import { leastHandleZoom, type Side } from "../hitTest";
import type { Box, SceneCard, SceneColumn, SceneLane, SceneLink } from "../scene";
import { cardBox, grow, touches } from "../scene";
import type { TextMeasure } from "../text";
import type { MapTheme } from "../theme";
import { type Viewport, visibleBox } from "../viewport";
import type { World } from "../world";
import { type Brush, detailAt } from "./brush";
import { paintColumns } from "./columns";
import { type DifferenceMarks, differenceBleed, paintDifference, paintFresh, paintMark } from "./difference";
import { paintKept, paintLit, paintVeil } from "./evidence";
import { paintGuides, paintHeldCards, paintMarquee, paintTargetColumn, paintTargetLane } from "./held";
import { devicePixels, Layer, snapped } from "./layer";
import { paintHandles, paintLinkEnds, paintLinkInHand, paintReason } from "./linkInHand";
import { handLabel, paintLabels, restingLabel } from "./links";
import { Overview } from "./overview";
import { cardsIn, linksIn, restingSteps } from "./resting";
import { paintEmphasisedLinks, paintFocusedCard, paintHoveredCard, paintSelectedCards } from "./selection";
import { paintSlots } from "./slots";
import { type Pixels, Stamps } from "./stamps";

export type Overlay = {
  selected: ReadonlySet<string>;
  selectedLinks: ReadonlySet<string>;
  /** The card that keys act on. */
  primary: string | null;
  lit: { touchpoints: ReadonlySet<string>; links: ReadonlySet<string> } | null;
  /** What keeps its looks while everything else steps back; null: nothing steps back. */
  kept: { touchpoints: ReadonlySet<string>; links: ReadonlySet<string> } | null;
  /** Two states of the map in one picture: what is different, by card and by link. */
  difference: DifferenceMarks | null;
  /** What others changed just now. */
  fresh: { touchpoints: ReadonlySet<string>; links: ReadonlySet<string> };
  hover: { on: "card" | "link" | "slot"; id: string } | null;
  /** The keyboard is here and wants to be seen. */
  focus: boolean;
  hot: Side | null;
  gesture: Gesture | null;
  guides: readonly Guide[];
  /** The column that would take the dragged cards, when it is another than theirs. */
  column: SceneColumn | null;
  /** The lane that would take them, when it is another than theirs, and what that means. */
  lane: { band: SceneLane; words: string; refused: boolean } | null;
  /** What has been asked for, until it is there. */
  expected: readonly Expected[];
  /** What the marquee in the hand would take. */
  taking: Taken | null;
  /** Ready slots, and the one the keyboard stands on. */
  slots: readonly Slot[];
  slot: string | null;
  canEdit: boolean;
};

/** The link whose ends can be taken: the one that is selected alone. */
export function turnable({ selected, selectedLinks, canEdit }: Overlay): string | null {
  const [link] = selectedLinks;
  return canEdit && selected.size === 0 && selectedLinks.size === 1 ? (link ?? null) : null;
}

const dragBleed = 24;

export class FramePainter {
  held: ReadonlyMap<string, SceneCard> = new Map();
  #canvas: HTMLCanvasElement;
  #ctx: CanvasRenderingContext2D;
  #layer: Layer;
  #world: World;
  #text: TextMeasure;
  #theme: MapTheme;
  #stamps = new Stamps();
  #overview = new Overview();
  #hidden: ReadonlySet<string> = new Set();
  /** Two states in one picture rest as a map does, and are painted with it. */
  #difference: DifferenceMarks | null = null;

  constructor(canvas: HTMLCanvasElement, world: World, text: TextMeasure, theme: MapTheme) {
    const ctx = canvas.getContext("2d", { alpha: false });
    if (ctx === null) throw new Error("This web view cannot paint on a canvas.");
    this.#canvas = canvas;
    this.#ctx = ctx;
    this.#world = world;
    this.#text = text;
    this.#theme = theme;
    this.#layer = new Layer((ctx, zoom, box, pixels) => this.#paintPart(this.#brush(ctx, zoom, pixels), box));
  }

  setTheme(theme: MapTheme): void {
    this.#theme = theme;
    this.#layer.invalidate(null);
    this.#overview.forget();
  }

  invalidate(boxes: readonly Box[] | null): void {
    this.#layer.invalidate(boxes);
    if (boxes === null || boxes.length > 0) this.#overview.forget();
  }

  resize(width: number, height: number, ratio: number): void {
    const pixels = devicePixels({ width, height }, ratio);
    if (this.#canvas.width !== pixels.width || this.#canvas.height !== pixels.height)
      Object.assign(this.#canvas, pixels);
  }

  /** Held cards leave the resting picture and are painted frame by frame where they are held. */
  hold(cards: ReadonlyMap<string, SceneCard>): void {
    const before = this.#hidden;
    this.held = cards;
    const same = before.size === cards.size && [...cards.keys()].every((id) => before.has(id));
    if (same) return;
    this.#hidden = new Set(cards.keys());
    const changed = [...before]
      .filter((id) => !cards.has(id))
      .concat([...cards.keys()].filter((id) => !before.has(id)));
    this.#layer.invalidate(changed.flatMap((id) => this.#areasOf(id)));
  }

  /** Works ahead on the picture of a view, for about `budget` milliseconds; nothing is shown of it. */
  prepare(view: Viewport, ratio: number, budget: number): void {
    this.#layer.prepare(view, ratio, budget);
  }

  /** Answers whether the picture is crisp; when not, another frame is wanted. */
  paint(view: Viewport, ratio: number, overlay: Overlay, budget: number): boolean {
    if (overlay.difference !== this.#difference) {
      this.#difference = overlay.difference;
      this.#layer.invalidate(null);
    }
    const crisp = this.#layer.prepare(view, ratio, budget);
    const ctx = this.#ctx;
    const at = snapped(view, ratio);
    const place = () => ctx.setTransform(at.zoom * ratio, 0, 0, at.zoom * ratio, at.x * ratio, at.y * ratio);
    const brush = this.#brush(ctx, view.zoom);
    const box = visibleBox(at);
    if (!crisp && !this.#layer.fills(view)) {
      place();
      paintColumns(brush, this.#world.scene.columns, box);
      this.#overview.paint(brush, this.#world, this.#hidden);
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.#layer.drawTo(ctx, view);
    place();
    this.#paintOver(brush, overlay, box);
    return crisp;
  }

  #paintOver(brush: Brush, overlay: Overlay, box: Box): void {
    const inView = grow(box, dragBleed);
    if (overlay.column !== null) paintTargetColumn(brush, overlay.column, box);
    if (overlay.lane !== null) paintTargetLane(brush, overlay.lane.band, box, overlay.lane.refused);
    if (overlay.fresh.touchpoints.size + overlay.fresh.links.size > 0)
      paintFresh(brush, this.#cards(overlay.fresh.touchpoints, inView), this.#links(overlay.fresh.links, inView), box);
    // Among differences, what is pointed at is ringed: behind a second veil none of them would be seen.
    if (overlay.lit !== null && overlay.difference !== null)
      paintFresh(brush, this.#cards(overlay.lit.touchpoints, inView), this.#links(overlay.lit.links, inView), box);
    else if (overlay.lit !== null) {
      paintVeil(brush, box);
      paintLit(brush, this.#cards(overlay.lit.touchpoints, inView), this.#links(overlay.lit.links, inView), box);
    } else {
      if (overlay.kept !== null) {
        const cards = this.#cards(overlay.kept.touchpoints, inView);
        paintKept(brush, cards, this.#links(overlay.kept.links, inView), box);
      }
      this.#paintEmphasis(brush, overlay, inView);
      this.#paintSlots(brush, overlay);
    }
    this.#paintHeld(brush, overlay, box);
    paintSelectedCards(brush, this.#cards(selectedSoon(overlay), inView));
    const primary = overlay.primary === null ? undefined : this.#card(overlay.primary);
    if (overlay.focus && primary !== undefined) paintFocusedCard(brush, primary);
    if (overlay.difference !== null) this.#paintMarksOfRinged(brush, overlay, overlay.difference, inView);
    this.#paintHand(brush, overlay, box);
  }

  /** What is different in a card is to be read also when a ring is around it. */
  #paintMarksOfRinged(brush: Brush, overlay: Overlay, marks: DifferenceMarks, box: Box): void {
    const ringed = new Set([...selectedSoon(overlay), ...(overlay.lit?.touchpoints ?? [])]);
    for (const card of this.#cards(ringed, box)) {
      const mark = marks.touchpoints.get(card.id);
      if (mark) paintMark(brush, { ...mark, card });
    }
  }

  /** A part of the picture that the layer keeps. */
  *#paintPart(brush: Brush, box: Box): Generator<void> {
    yield* restingSteps(brush, this.#world, box, this.#hidden);
    const marks = this.#difference;
    if (marks === null) return;
    const wide = grow(box, differenceBleed);
    const { cards } = this.#world.scene;
    const moves = [...marks.shifts].flatMap(([left, stands]) => {
      const [from, to] = [cards.get(left), cards.get(stands)];
      return from && to ? [{ from, to }] : [];
    });
    const marked = cardsIn(this.#world, wide, this.#hidden).flatMap((card) => {
      const mark = marks.touchpoints.get(card.id);
      return mark ? [{ ...mark, card }] : [];
    });
    const ways = linksIn(this.#world, wide, this.#hidden).flatMap((link) => {
      const mark = marks.links.get(link.id);
      return mark ? [{ ...mark, link }] : [];
    });
    paintDifference(brush, marked, ways, moves, box);
  }

  /** The links of what is hovered or selected stand out; so does the hovered card. */
  #paintEmphasis(brush: Brush, overlay: Overlay, box: Box): void {
    const { hover } = overlay;
    const near = new Set<string>();
    if (hover?.on === "link") near.add(hover.id);
    const traced = hover?.on === "card" ? hover.id : overlay.selected.size === 1 ? overlay.primary : null;
    if (traced !== null && !this.#hidden.has(traced))
      for (const id of this.#world.scene.linksOf.get(traced) ?? []) near.add(id);
    const selected = new Set([...overlay.selectedLinks, ...(overlay.taking?.links ?? [])]);
    const turned = overlay.gesture?.kind === "linking" ? overlay.gesture.link : null;
    if (turned !== null) selected.delete(turned);
    for (const id of selected) near.delete(id);
    paintEmphasisedLinks(brush, this.#links(near, box), false, box);
    paintEmphasisedLinks(brush, this.#links(selected, box), true, box);
    const { selectedLinks } = overlay;
    this.#paintLabelsInHand(brush, near.size === 0 ? selectedLinks : new Set([...near, ...selectedLinks]), box);
    const card = hover?.on === "card" && !overlay.selected.has(hover.id) ? this.#card(hover.id) : undefined;
    if (card !== undefined) paintHoveredCard(brush, card);
  }

  #paintLabelsInHand(brush: Brush, links: ReadonlySet<string>, box: Box): void {
    if (links.size === 0) return;
    const hand = handLabel(brush, this.#world.linkCount);
    const labels = this.#world.labels.inHand(links, hand, box).filter(({ link }) => !this.#moves(link));
    const look = { colour: brush.theme.cardInk };
    const [large, small] = [
      labels.filter((label) => label.font !== null),
      labels.filter((label) => label.font === null),
    ];
    paintLabels(brush, large, { ...look, font: hand.font });
    paintLabels(brush, small, { ...look, font: restingLabel(brush) });
  }

  #paintSlots(brush: Brush, { slots, slot: current, hover }: Overlay): void {
    const hot = hover?.on === "slot" ? hover.id : null;
    paintSlots(
      brush,
      slots,
      (id) => this.#card(id),
      ({ id }) => ({ hot: id === hot, current: id === current }),
    );
  }

  #paintHeld(brush: Brush, overlay: Overlay, box: Box): void {
    for (const { card, links } of overlay.expected) paintHeldCards(brush, [card], links, false, box);
    if (this.held.size === 0) return;
    const links = new Map<string, SceneLink>();
    for (const id of this.held.keys())
      for (const linkId of this.#world.scene.linksOf.get(id) ?? []) {
        const link = this.#world.scene.links.get(linkId);
        const route = link && !links.has(linkId) ? this.#world.routeOf(linkId, this.held) : null;
        if (link && route !== null) links.set(linkId, { ...link, ...route });
      }
    paintHeldCards(brush, [...this.held.values()], [...links.values()], overlay.gesture?.kind === "dragging", box);
    paintGuides(brush, overlay.guides);
  }

  #paintHand(brush: Brush, overlay: Overlay, box: Box): void {
    const { gesture, hover, canEdit } = overlay;
    if (gesture?.kind === "linking") {
      const card = this.#card(gesture.card);
      const over = gesture.over === null ? null : (this.#card(gesture.over) ?? null);
      if (card !== undefined) paintLinkInHand(brush, card, gesture.side, gesture.at, over, gesture.refusal !== null);
      if (gesture.refusal !== null) paintReason(brush, gesture.refusal, gesture.at, box, true);
      return;
    }
    if (gesture?.kind === "dragging" && overlay.lane !== null)
      paintReason(brush, overlay.lane.words, gesture.at, box, overlay.lane.refused);
    if (gesture?.kind === "marquee") paintMarquee(brush, between(gesture.start, gesture.at));
    if (!canEdit || brush.zoom < leastHandleZoom || (gesture !== null && gesture.kind !== "idle")) return;
    const turned = this.#world.scene.links.get(turnable(overlay) ?? "");
    if (turned !== undefined) paintLinkEnds(brush, turned);
    const card = hover?.on === "card" ? this.#card(hover.id) : undefined;
    if (card !== undefined && !this.#hidden.has(card.id)) paintHandles(brush, card, overlay.hot);
  }

  #card(id: string): SceneCard | undefined {
    return this.held.get(id) ?? this.#world.scene.cards.get(id);
  }

  #cards(ids: ReadonlySet<string>, box: Box): SceneCard[] {
    const cards: SceneCard[] = [];
    for (const id of ids) {
      const card = this.#card(id);
      if (card !== undefined && touches(cardBox(card), box)) cards.push(card);
    }
    return cards;
  }

  #links(ids: ReadonlySet<string>, box: Box): SceneLink[] {
    const links: SceneLink[] = [];
    for (const id of ids) {
      const link = this.#world.scene.links.get(id);
      if (link !== undefined && touches(link.box, box) && !this.#moves(id)) links.push(link);
    }
    return links;
  }

  /** Whether the link goes along with a card that is held. */
  #moves(id: string): boolean {
    const link = this.#world.scene.links.get(id);
    return link !== undefined && (this.#hidden.has(link.from) || this.#hidden.has(link.to));
  }

  #areasOf(id: string): Box[] {
    const { scene, labels } = this.#world;
    const card = scene.cards.get(id);
    const areas = card === undefined ? [] : [grow(cardBox(card), dragBleed)];
    for (const linkId of scene.linksOf.get(id) ?? []) {
      const link = scene.links.get(linkId);
      if (link !== undefined) areas.push(...boxesOf(link, 12));
      const label = labels.get(linkId);
      if (label !== undefined) areas.push(grow(label.box, 4));
    }
    return areas;
  }

  /** `pixels`: what is painted rests on them. */
  #brush(ctx: CanvasRenderingContext2D, zoom: number, pixels: Pixels | null = null): Brush {
    const stamps = pixels && { kept: this.#stamps, pixels };
    return { ctx, theme: this.#theme, text: this.#text, zoom, detail: detailAt(zoom), stamps };
  }
}

function selectedSoon({ selected, taking }: Overlay): ReadonlySet<string> {
  return taking === null ? selected : new Set([...selected, ...taking.cards]);
}

export function between(a: { x: number; y: number }, b: { x: number; y: number }): Box {
  return {
    left: Math.min(a.x, b.x),
    right: Math.max(a.x, b.x),
    top: Math.min(a.y, b.y),
    bottom: Math.max(a.y, b.y),
  };
}
