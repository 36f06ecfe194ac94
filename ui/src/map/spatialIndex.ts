/**
 * A uniform grid in levels: each thing lies in the level whose cells are as wide and as tall as the thing, so
 * it fills four cells at most, and adding, moving or removing one costs the same however large the
 * map is. It answers with candidates by bounding box; it does not look at shapes.
 */
import { type Box, touches } from "./scene";

const smallestCell = 256;
/** Each way. A thing that is tall and narrow is not to be looked at by whoever asks beside it. */
const levels = 12;
/** Cell addresses are packed into one number: 2^24 cells each way is far beyond any map. */
const reach = 2 ** 24;

/** `asked`: the last query that has found it. */
type Entry<T> = { id: string; box: Box; thing: T; grid: Grid<T>; asked: number };
/** Cells of one size, and what lies in them. */
type Grid<T> = Size & { cells: Map<number, Set<Entry<T>>> };
type Size = { width: number; height: number };

/** `T`: what is kept beside each id, so that whoever asks need not look it up. */
export class SpatialIndex<T = null> {
  #entries = new Map<string, Entry<T>>();
  #grids = new Map<number, Grid<T>>();
  #asked = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Adds the thing, or moves it when it is there already. */
  set(id: string, box: Box, thing: T): void {
    const known = this.#entries.get(id);
    if (known !== undefined) this.#lift(known);
    const grid = this.#gridFor(box);
    const entry: Entry<T> = { id, box, thing, grid, asked: 0 };
    this.#entries.set(id, entry);
    eachCell(box, grid, (cell) => {
      const there = grid.cells.get(cell);
      if (there === undefined) grid.cells.set(cell, new Set([entry]));
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
    this.#grids.clear();
  }

  /** Ids whose box touches `box`, each once, in no promised order. */
  query(box: Box): string[] {
    return this.#found(box).map(({ id }) => id);
  }

  /** What is kept of them. */
  things(box: Box): T[] {
    return this.#found(box).map(({ thing }) => thing);
  }

  /** Does anything touch `box`? */
  any(box: Box): boolean {
    return this.#visit(box, () => true);
  }

  /** Does anything whose box touches `box` answer yes? */
  some(box: Box, test: (id: string) => boolean): boolean {
    return this.#visit(box, (entry) => test(entry.id));
  }

  #found(box: Box): Entry<T>[] {
    const found: Entry<T>[] = [];
    this.#asked += 1;
    this.#visit(box, (entry) => {
      if (entry.asked !== this.#asked) found.push(entry);
      entry.asked = this.#asked;
      return false;
    });
    return found;
  }

  /** Visits what touches `box`, some of it more than once, until `enough` says so; answers whether it did. */
  #visit(box: Box, enough: (entry: Entry<T>) => boolean): boolean {
    const look = (entries: ReadonlySet<Entry<T>> | undefined): boolean => {
      if (entries !== undefined) for (const entry of entries) if (touches(entry.box, box) && enough(entry)) return true;
      return false;
    };
    for (const grid of this.#grids.values()) {
      const { cells } = grid;
      if (cellCount(box, grid) > cells.size) {
        for (const entries of cells.values()) if (look(entries)) return true;
      } else if (someCell(box, grid, (cell) => look(cells.get(cell)))) return true;
    }
    return false;
  }

  #gridFor(box: Box): Grid<T> {
    const [across, down] = [levelFor(box.right - box.left), levelFor(box.bottom - box.top)];
    const level = across * levels + down;
    const known = this.#grids.get(level);
    if (known !== undefined) return known;
    const grid: Grid<T> = { width: smallestCell * 2 ** across, height: smallestCell * 2 ** down, cells: new Map() };
    this.#grids.set(level, grid);
    return grid;
  }

  #lift(entry: Entry<T>): void {
    const { cells } = entry.grid;
    eachCell(entry.box, entry.grid, (cell) => {
      const there = cells.get(cell);
      there?.delete(entry);
      if (there?.size === 0) cells.delete(cell);
    });
  }
}

function levelFor(length: number): number {
  const level = Math.ceil(Math.log2(Math.max(1, length / smallestCell)));
  return Math.min(levels - 1, level);
}

function cellCount(box: Box, { width, height }: Size): number {
  return ((box.right - box.left) / width + 1) * ((box.bottom - box.top) / height + 1);
}

function eachCell(box: Box, grid: Size, visit: (cell: number) => void): void {
  someCell(box, grid, (cell) => {
    visit(cell);
    return false;
  });
}

function someCell(box: Box, { width, height }: Size, enough: (cell: number) => boolean): boolean {
  const lastX = Math.floor(box.right / width);
  const lastY = Math.floor(box.bottom / height);
  for (let x = Math.floor(box.left / width); x <= lastX; x++)
    for (let y = Math.floor(box.top / height); y <= lastY; y++)
      if (enough((x + reach / 2) * reach + y + reach / 2)) return true;
  return false;
}
