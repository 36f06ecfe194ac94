import { expect, test } from "vitest";
import { type Box, touches } from "../../src/map/scene";
import { SpatialIndex } from "../../src/map/spatialIndex";

/** Small numbers by a fixed rule: the same boxes in every run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function someBox(next: () => number): Box {
  const left = (next() - 0.5) * 20_000;
  const top = (next() - 0.5) * 20_000;
  const size = 10 ** (1 + next() * 3);
  return { left, top, right: left + size, bottom: top + size * next() };
}

test("it finds what a plain search finds, after adding, moving and removing", () => {
  const next = sequence(7);
  const index = new SpatialIndex<Box>();
  const plain = new Map<string, Box>();
  for (let round = 0; round < 1_500; round++) {
    const id = String(Math.floor(next() * 400));
    if (next() < 0.25) {
      expect(index.delete(id)).toBe(plain.delete(id));
    } else {
      const box = someBox(next);
      index.set(id, box, box);
      plain.set(id, box);
    }
    if (round % 25 !== 0) continue;
    const asked = someBox(next);
    const wanted = [...plain].filter(([, box]) => touches(box, asked)).map(([name]) => name);
    expect(index.query(asked).sort()).toEqual(wanted.sort());
    expect(new Set(index.things(asked))).toEqual(new Set(wanted.map((name) => plain.get(name))));
  }
  expect(index.size).toBe(plain.size);
});

test("boxes that only share an edge touch", () => {
  const index = new SpatialIndex();
  index.set("a", { left: 0, top: 0, right: 256, bottom: 256 }, null);
  expect(index.query({ left: 256, top: 256, right: 300, bottom: 300 })).toEqual(["a"]);
});
