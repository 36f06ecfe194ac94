/**
 * The links of a map just opened whose curves nobody has asked for yet, each with the room that its curve stays within.
 * A large map is shown as soon as what is in view is there; the rest follows while nothing else is wanted.
 */
import { type Box, touches } from "./scene";

export class Backlog {
  #rooms = new Map<string, Box>();

  get size(): number {
    return this.#rooms.size;
  }

  add(link: string, room: Box): void {
    this.#rooms.set(link, room);
  }

  delete(link: string): void {
    this.#rooms.delete(link);
  }

  clear(): void {
    this.#rooms.clear();
  }

  /** Those that may be seen in `box`; O(backlog). */
  within(box: Box): string[] {
    const links: string[] = [];
    for (const [link, room] of this.#rooms) if (touches(room, box)) links.push(link);
    return links;
  }

  /** In the order of the map. */
  links(): IterableIterator<string> {
    return this.#rooms.keys();
  }
}
