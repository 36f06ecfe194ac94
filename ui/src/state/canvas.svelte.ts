/**
 * The door to the map's canvas for everything that is not the canvas: actions zoom and reveal through it, the
 * picker asks it where a card is. The canvas registers itself while it is shown; without one, all of it is quiet.
 */
import type { Direction } from "./intentions.svelte";
import { panes } from "./panes.svelte";
import { session } from "./session.svelte";

export type Point = { x: number; y: number };
/** In CSS pixels of the window where it is a place on screen. */
export type ScreenRectangle = { x: number; y: number; width: number; height: number };

/** A link from a card's side to a point of the window, or to the card `over` which it would lead. */
export type AimedLink = {
  card: string;
  side: "left" | "right";
  at: Point;
  over: string | null;
  /** Why it may not lead there. */
  refusal: string | null;
  /** The link that is turned; null: a new one. */
  link: string | null;
};

/** A touchpoint that is being added, with its links. */
export type Newcomer = {
  id: string;
  name: string;
  kind: "ultimate" | "intermediate" | "direct" | "indirect";
  stage: string | null;
  channel: string | null;
  /** What it is put behind, after or beside. */
  anchor: string;
  direction: Direction;
  to: readonly string[];
  from: readonly string[];
};

export interface Canvas {
  /** 1 is 100 %. Reads reactive state, so that the status bar follows. */
  zoom(): number;
  zoomToFit(): void;
  zoomToSelection(): void;
  zoomTo100(): void;
  zoomIn(): void;
  zoomOut(): void;
  /** Brings touchpoints into view, moving as little as possible. */
  reveal(touchpoints: readonly string[]): void;
  /** The same for a part of the map, in map units. */
  revealArea(area: ScreenRectangle): void;
  /** The same for a stage's column, which has no top and no bottom. */
  revealStage(stage: string): void;
  /** Brings a touchpoint into view, and close enough to be read. */
  approach(touchpoint: string): void;
  /** A card in CSS pixels of the window; null when it is not laid out. */
  screenRectangle(touchpoint: string): ScreenRectangle | null;
  /** Shows cards elsewhere for the moment, by their top-left corners in map units. */
  carry(places: ReadonlyMap<string, Point>): void;
  /** They are on their way to where they were carried: what comes back from the program puts them there. */
  settle(): void;
  /**
   * Shows a touchpoint that is being added, before the program has answered; `ready`: in the place of a slot, in map
   * units. The answer takes it away again, and is to be called when it is there, or was refused.
   */
  expect(newcomer: Newcomer, ready: ScreenRectangle | null): () => void;
  /** The touchpoint whose card is at a point of the window. */
  touchpointAt(at: Point): string | null;
  /** Shows a link that is about to be made, or turned; null takes it away. */
  aim(link: AimedLink | null): void;
  /** Turns of the wheel over something that lies over the map: they pan and zoom it all the same. */
  wheel(event: WheelEvent): void;
  /** Gives the map the keyboard. */
  focus(): void;
}

class CanvasDoor {
  current = $state.raw<Canvas | null>(null);

  /** Whether the map is what the centre shows. */
  get inView(): boolean {
    return this.current !== null && session.screen === "map" && panes.view === "map";
  }

  /** Called by the map when it is shown; the answer takes it away again. */
  register(canvas: Canvas): () => void {
    this.current = canvas;
    return () => {
      if (this.current === canvas) this.current = null;
    };
  }
}

export const canvasDoor = new CanvasDoor();
