/** What every engine beside Backcast's is asked to do, so that one hand measures all of them. */

export type Card = { id: string; name: string; x: number; y: number };
export type Line = { id: string; from: string; to: string };
export type Picture = { cards: Card[]; lines: Line[]; cardWidth: number; cardHeight: number };

export type Peer = {
  /** The map point of this card's middle comes to the middle of the window, at 100 %. */
  centre: (card: string) => void;
  /** All in view. */
  fit: () => void;
  /** Moves the picture by pixels, as the engine itself does under a panning hand. */
  pan: (dx: number, dy: number) => void;
  /** The hand that pans lets go. */
  rest: () => void;
  /** Zooms about the middle of the window. */
  zoom: (factor: number) => void;
  /** The element of a card that a hand takes hold of. */
  handle: (card: string) => Element;
  /** Draws one more card with two lines. */
  add: (card: Card, lines: Line[]) => void;
};

/** Opens a picture in an element of the window's size. */
export type OpenPeer = (ground: HTMLElement, picture: Picture) => Peer;
