/**
 * The running map: the fast state (view, hover, what a hand holds) and the frames that show it. A
 * frame is painted only when something asked for it. It takes plain values in and hands plain values
 * out; records, actions and Svelte are not known here.
 */
import type { Expected } from "./expected";
import { Flight, Glide } from "./motion";
import { FramePainter, type Overlay } from "./painter/frame";
import { labelSize } from "./painter/links";
import { around, type Box, cardBox, type Point, type SceneCard, type SceneChange } from "./scene";
import { TextMeasure } from "./text";
import { font, type MapTheme } from "./theme";
import { fitted, focused, keptNear, opening, resized, revealing, type Viewport } from "./viewport";
import { World } from "./world";

export type EngineListener = {
  viewChanged: (view: Viewport) => void;
  /** The first whole picture is made; it is seen when the frame ends. */
  shown: () => void;
};

/** Moving more cards than this at once would be a storm, not a hint; they jump. */
const mostFlying = 400;
/** Milliseconds of a frame that the resting picture may take; the rest is for what moves. */
const paintBudget = 7;
/** Milliseconds between two pictures with more words. */
const wordsPause = 250;
/**
 * Milliseconds between two slices of what a map just opened has out of view: longer than a frame, so that it is noticed
 * when the view moves.
 */
const catchUpPause = 20;
/** How long a dropped card waits at its place for the answer before it flies back. */
const answerTime = 400;

const nothing: ReadonlySet<string> = new Set();

export class MapEngine {
  readonly world: World;
  view: Viewport = { x: 0, y: 0, zoom: 1, width: 1, height: 1 };
  overlay: Overlay = {
    selected: nothing,
    selectedLinks: nothing,
    primary: null,
    lit: null,
    kept: null,
    difference: null,
    fresh: { touchpoints: nothing, links: nothing },
    hover: null,
    focus: false,
    hot: null,
    gesture: null,
    guides: [],
    column: null,
    lane: null,
    expected: [],
    taking: null,
    slots: [],
    slot: null,
    canEdit: false,
  };
  #painter: FramePainter;
  #theme: MapTheme;
  #listener: EngineListener;
  #ratio = 1;
  #frame = 0;
  #glide: Glide | null = null;
  #flight: Flight | null = null;
  #dragged: ReadonlyMap<string, SceneCard> | null = null;
  #waiting = 0;
  #catching = 0;
  #stillMotion: () => boolean;
  #sized = false;
  #openWhenSized = false;
  /** What a presentation looks at, and where one looked before it. */
  #told: { cards: readonly string[] | null; before: Viewport } | null = null;
  #wanted: readonly string[] = [];
  /** A map has been taken, and has been seen. */
  #known = false;
  #shown = false;
  #lastView: Viewport | null = null;
  /** Where words have a place that are not in the picture yet, and since when. */
  #words: Box[] = [];
  #wordsSince = 0;

  constructor(canvas: HTMLCanvasElement, theme: MapTheme, listener: EngineListener, stillMotion: () => boolean) {
    this.#listener = listener;
    this.#theme = theme;
    this.#stillMotion = stillMotion;
    const text = new TextMeasure(measurer());
    this.world = new World(text, font(theme, "normal", labelSize(theme)));
    this.#painter = new FramePainter(canvas, this.world, text, theme);
  }

  /** The map changed, or another one is shown. */
  take(change: SceneChange): void {
    const shown = new Map(this.#painter.held);
    const empty = this.world.scene.cards.size === 0;
    const { dirty, moved } = this.world.apply(change);
    if (change.fresh) this.#words = [];
    this.#painter.invalidate(dirty);
    this.#catchUp();
    this.#known = true;
    if (this.#waiting !== 0) this.#letGo();
    const from = new Map<string, Point>();
    for (const card of moved) if (!this.#dragged?.has(card.id)) from.set(card.id, shown.get(card.id) ?? card);
    for (const { id } of change.cards) {
      const wished = this.overlay.expected.find(({ card }) => card.id === id);
      if (wished === undefined) continue;
      from.set(id, wished.card);
      this.forget(id);
    }
    this.#fly(from);
    // Wherever one looked on an empty map: many cards at once are to be seen.
    if (empty && !change.fresh && change.cards.length > 1) this.open();
    if (this.#wanted.length > 0) this.reveal(this.#wanted);
    this.requestFrame();
  }

  setTheme(theme: MapTheme): void {
    if (JSON.stringify(theme) === JSON.stringify(this.#theme)) return;
    this.#theme = theme;
    this.measureAgain();
  }

  /** Words have other widths now: a font has come, or the theme has another. */
  measureAgain(): void {
    this.world.measureAgain(font(this.#theme, "normal", labelSize(this.#theme)));
    this.#painter.setTheme(this.#theme);
    this.requestFrame();
  }

  /** What lies over the resting picture; a part of it at a time. */
  show(part: Partial<Overlay>): void {
    this.overlay = { ...this.overlay, ...part };
    this.requestFrame();
  }

  resize(width: number, height: number, ratio: number): void {
    if (this.#sized && this.view.width === width && this.view.height === height && this.#ratio === ratio) return;
    this.#ratio = ratio;
    this.#painter.resize(width, height, ratio);
    this.view = this.#sized ? resized(this.view, width, height) : { ...this.view, width, height };
    this.#sized = true;
    if (this.#openWhenSized) this.open();
    this.setView(this.#told === null ? this.view : this.#toldView(this.#told.cards));
    // A canvas of another size is empty, and this comes too late for the frame to come: without a picture now it
    // would be shown empty once.
    if (this.#known) this.paintNow();
  }

  /** Does not wait for the frame to come. */
  paintNow(): void {
    cancelAnimationFrame(this.#frame);
    this.#paint(performance.now());
  }

  /** Pans and zooms follow the hand at once; any glide stops. */
  setView(view: Viewport): void {
    this.#glide = null;
    this.#look(keptNear(view, this.world.box));
  }

  glideTo(view: Viewport, smooth = true): void {
    if (!smooth || this.#stillMotion()) this.setView(view);
    else {
      this.#glide = new Glide(this.view, view);
      this.requestFrame();
    }
  }

  /** Another map is shown: from its beginning, without a glide. Before the canvas has a size the wish is kept. */
  open(): void {
    this.#openWhenSized = !this.#sized;
    const { content } = this.world;
    if (content === null || !this.#sized) return;
    this.setView(opening(this.view, content, this.#firstCards() ?? content));
    // The picture is made while the frame that shows it is still to come.
    this.#painter.prepare(this.view, this.#ratio, paintBudget);
  }

  /** Around the cards of the first column that has some. */
  #firstCards(): Box | null {
    const { top, bottom } = this.world.content ?? { top: 0, bottom: 0 };
    for (const { x, width } of this.world.scene.columns) {
      const cards = this.world.cards.things({ left: x, right: x + width, top, bottom });
      if (cards.length > 0) return around(cards.map(cardBox));
    }
    return null;
  }

  /** All in view, or the given area. */
  fit(box: Box | null = this.world.all): void {
    if (box !== null) this.glideTo(fitted(this.view, box));
  }

  /** For a presentation: these cards in view, or all; it stays so when the window becomes another. */
  tell(cards: readonly string[] | null): void {
    this.#told = { cards, before: this.#told?.before ?? this.target };
    this.glideTo(this.#toldView(cards));
  }

  /** The presentation is over: back to where one looked. */
  endTelling(): void {
    if (this.#told === null) return;
    const { before } = this.#told;
    this.#told = null;
    this.setView(resized(before, this.view.width, this.view.height));
  }

  #toldView(cards: readonly string[] | null): Viewport {
    const whole = this.world.content;
    const part = around((cards ?? []).map((id) => this.boxOf(id)).filter((box) => box !== null));
    if (whole === null) return this.view;
    return focused(this.view, whole, part ?? whole);
  }

  /** Where the view is going: the end of a glide, or where it stands. */
  get target(): Viewport {
    return this.#glide?.to ?? this.view;
  }

  /** Brings cards into view, moving as little as possible. Cards that are only being added are waited for. */
  reveal(ids: readonly string[]): void {
    const boxes = ids.map((id) => this.boxOf(id)).filter((box) => box !== null);
    this.#wanted = boxes.length < ids.length ? ids : [];
    const box = around(boxes);
    if (box !== null) this.revealBox(box);
  }

  revealBox(box: Box): void {
    const view = revealing(this.target, box);
    if (view.x !== this.target.x || view.y !== this.target.y) this.glideTo(view);
  }

  /** Shows a card that has been asked for. It goes to its place when it comes, and away when it is forgotten. */
  expect(card: Expected): void {
    this.show({ expected: [...this.overlay.expected, card] });
  }

  forget(id: string): void {
    const rest = this.overlay.expected.filter(({ card }) => card.id !== id);
    if (rest.length < this.overlay.expected.length) this.show({ expected: rest });
  }

  /** The cards in the hand, displaced; null lets go of them where the scene says. */
  hold(cards: ReadonlyMap<string, SceneCard> | null): void {
    this.#dragged = cards;
    this.#painter.hold(cards ?? new Map());
    this.requestFrame();
  }

  /** The hand has let go; the cards wait for the program's answer, and fly back when there is none. */
  awaitAnswer(): void {
    window.clearTimeout(this.#waiting);
    this.#waiting = window.setTimeout(() => this.#returnHeld(), answerTime);
  }

  /** The drop was refused or called off. */
  refuse(): void {
    this.#returnHeld();
  }

  boxOf(id: string): Box | null {
    const wished = this.overlay.expected.find(({ card }) => card.id === id)?.card;
    const card = this.#painter.held.get(id) ?? this.world.scene.cards.get(id) ?? wished;
    return card === undefined ? null : cardBox(card);
  }

  requestFrame(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#paint(now));
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    window.clearTimeout(this.#waiting);
    window.clearTimeout(this.#catching);
  }

  /** What of a map just opened is out of view follows in slices, while the view rests. */
  #catchUp(): void {
    window.clearTimeout(this.#catching);
    if (!this.world.waiting) return;
    const { view } = this;
    this.#catching = window.setTimeout(() => {
      if (this.view === view) this.#keepWords(this.world.catchUp(performance.now() + paintBudget), performance.now());
      if (this.world.waiting) this.#catchUp();
      else this.requestFrame();
    }, catchUpPause);
  }

  #returnHeld(): void {
    const shown = new Map<string, Point>(this.#painter.held);
    this.#letGo();
    this.#fly(shown);
  }

  #letGo(): void {
    window.clearTimeout(this.#waiting);
    this.#waiting = 0;
    this.hold(null);
  }

  #fly(from: ReadonlyMap<string, Point>): void {
    if (from.size === 0 || from.size > mostFlying || this.#stillMotion()) return;
    const far = [...from].filter(([id, point]) => {
      const card = this.world.scene.cards.get(id);
      return card !== undefined && Math.hypot(card.x - point.x, card.y - point.y) > 0.5;
    });
    if (far.length === 0) return;
    this.#flight = new Flight(new Map(far));
    this.requestFrame();
  }

  #look(view: Viewport): void {
    this.view = view;
    this.#listener.viewChanged(view);
    this.requestFrame();
  }

  #tellShown(): void {
    if (this.#shown) return;
    this.#shown = true;
    this.#listener.shown();
  }

  #paint(now: number): void {
    this.#frame = 0;
    if (!this.#sized) return;
    if (this.#glide !== null) {
      const { view, arrived } = this.#glide.at(now);
      if (arrived) this.#glide = null;
      this.#look(view);
    }
    if (this.#flight !== null) {
      const flying = this.#flight.at(now, this.world.scene.cards);
      if (flying === null) this.#flight = null;
      this.#painter.hold(new Map([...(flying ?? []), ...(this.#dragged ?? [])]));
    }
    const crisp = this.#painter.paint(this.view, this.#ratio, this.overlay, paintBudget);
    if (crisp && this.#known) this.#tellShown();
    if (crisp) this.#placeWords(now);
    if (!crisp || this.world.labels.waiting || this.#glide !== null || this.#flight !== null) this.requestFrame();
  }

  #keepWords(places: readonly Box[], now: number): void {
    if (this.#words.length === 0) this.#wordsSince = now;
    this.#words.push(...places);
  }

  /** What frames of a view at rest leave over. Words come into the picture a few times a second: each time may be a new picture. */
  #placeWords(now: number): void {
    const { labels } = this.world;
    const rests = this.#lastView === this.view;
    this.#lastView = this.view;
    if (labels.waiting && rests) this.#keepWords(labels.work(), now);
    if (this.#words.length === 0) return;
    if (rests && (!labels.waiting || now - this.#wordsSince >= wordsPause))
      this.#painter.invalidate(this.#words.splice(0));
    this.requestFrame();
  }
}

function measurer(): (text: string, font: string) => number {
  const ctx = document.createElement("canvas").getContext("2d");
  let current = "";
  return (text, wanted) => {
    if (ctx === null) return text.length * 7;
    if (wanted !== current) {
      ctx.font = wanted;
      current = wanted;
    }
    return ctx.measureText(text).width;
  };
}
