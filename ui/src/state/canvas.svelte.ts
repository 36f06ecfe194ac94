/**
 * The door to the map's canvas for everything that is not the canvas: actions zoom and reveal through it, the
 * picker asks it where a card is. The canvas registers itself while it is shown; without one, all of it is quiet.
 */
import { panes } from "./panes.svelte";

export type Point = { x: number; y: number };
export type ScreenRectangle = { x: number; y: number; width: number; height: number };

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
  /** A card in CSS pixels of the window; null when it is not laid out. */
  screenRectangle(touchpoint: string): ScreenRectangle | null;
  /** Gives the map the keyboard. */
  focus(): void;
}

class CanvasDoor {
  current = $state.raw<Canvas | null>(null);

  /** Whether the map is what the centre shows. */
  get inView(): boolean {
    return this.current !== null && panes.view === "map";
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
