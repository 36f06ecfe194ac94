/**
 * A uniform grid in levels: each thing lies in the level whose cells are as large as the thing, so
 * it fills four cells at most, and adding, moving or removing one costs the same however large the
 * map is. It answers with candidates by bounding box; it does not look at shapes.
 */
import { type Box, touches } from "./scene";

const smallestCell = 256;
const levels = 12;
/** Cell addresses are packed into one number: 2^24 cells each way is far beyond any map. */
const reach = 2 ** 24;

type Entry = { id: string; box: Box; level: number };

export class SpatialIndex {
  #entries = new Map<string, Entry>();
  #levels: (Map<number, Set<Entry>> | undefined)[] = [];

  get size(): number {
    return this.#entries.size;
  }

  /** Adds the thing, or moves it when it is there already. */
  set(id: string, box: Box): void {
    const known = this.#entries.get(id);
    if (known !== undefined) this.#lift(known);
    const entry: Entry = { id, box, level: levelFor(box) };
    this.#entries.set(id, entry);
    this.#levels[entry.level] ??= new Map();
    const cells = this.#levels[entry.level];
    eachCell(box, entry.level, (cell) => {
      const there = cells?.get(cell);
      if (there === undefined) cells?.set(cell, new Set([entry]));
      else there.add(entry);
    });
  }

  delete(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#lift(entry);
    return this.#entries.delete(id);
  }

  clear(): void {
    this.#entries.clear();
    this.#levels = [];
  }

  /** Ids whose box touches `box`, each once, in no promised order. */
  query(box: Box): string[] {
    const found = new Set<string>();
    this.#visit(box, (entry) => {
      found.add(entry.id);
      return false;
    });
    return [...found];
  }

  /** Does anything touch `box`? */
  any(box: Box): boolean {
    return this.#visit(box, () => true);
  }

  /** Does anything whose box touches `box` answer yes? */
  some(box: Box, test: (id: string) => boolean): boolean {
    return this.#visit(box, (entry) => test(entry.id));
  }

  /** Visits what touches `box`, some of it more than once, until `enough` says so; answers whether it did. */
  #visit(box: Box, enough: (entry: Entry) => boolean): boolean {
    const look = (entries: Set<Entry> | undefined): boolean => {
      if (entries !== undefined) for (const entry of entries) if (touches(entry.box, box) && enough(entry)) return true;
      return false;
    };
    for (const [level, cells] of this.#levels.entries()) {
      if (cells === undefined || cells.size === 0) continue;
      if (cellCount(box, level) > cells.size) {
        for (const entries of cells.values()) if (look(entries)) return true;
      } else if (someCell(box, level, (cell) => look(cells.get(cell)))) return true;
    }
    return false;
  }

  #lift(entry: Entry): void {
    const cells = this.#levels[entry.level];
    eachCell(entry.box, entry.level, (cell) => {
      const there = cells?.get(cell);
      there?.delete(entry);
      if (there?.size === 0) cells?.delete(cell);
    });
  }
}

function levelFor(box: Box): number {
  const side = Math.max(box.right - box.left, box.bottom - box.top);
  const level = Math.ceil(Math.log2(Math.max(1, side / smallestCell)));
  return Math.min(levels - 1, level);
}

function cellCount(box: Box, level: number): number {
  const size = smallestCell * 2 ** level;
  return ((box.right - box.left) / size + 1) * ((box.bottom - box.top) / size + 1);
}

function eachCell(box: Box, level: number, visit: (cell: number) => void): void {
  someCell(box, level, (cell) => {
    visit(cell);
    return false;
  });
}

function someCell(box: Box, level: number, enough: (cell: number) => boolean): boolean {
  const size = smallestCell * 2 ** level;
  const lastX = Math.floor(box.right / size);
  const lastY = Math.floor(box.bottom / size);
  for (let x = Math.floor(box.left / size); x <= lastX; x++)
    for (let y = Math.floor(box.top / size); y <= lastY; y++)
      if (enough((x + reach / 2) * reach + y + reach / 2)) return true;
  return false;
}
