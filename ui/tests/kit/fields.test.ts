/** Numbers as people write them, and text while it is typed. */
import { describe, expect, test, vi } from "vitest";
import { percent, readRate } from "../../src/inspector/checks";
import { Draft } from "../../src/kit/draft.svelte";
import { readNumber, shownPercent } from "../../src/kit/numbers";

describe("readNumber", () => {
  test.each([
    ["", null],
    ["  ", null],
    ["20000", 20000],
    ["20 000", 20000],
    ["1,200.50", 1200.5],
    ["1.200,50", 1200.5],
    ["1,200,000", 1_200_000],
    ["2,5", 2.5],
    ["0.005", 0.005],
    ["0,005", 0.005],
    [".5", 0.5],
    ["12 %", 12],
    ["€ 40", 40],
    ["twelve", undefined],
    ["-3", undefined],
    ["1e5", undefined],
    [".", undefined],
  ])("%j", (text, value) => {
    expect(readNumber(text)).toBe(value);
  });
});

test("shares are shown as per cent without the noise of floating point", () => {
  expect(shownPercent(0.07)).toBe("7");
  expect(shownPercent(0.025)).toBe("2.5");
  expect(shownPercent(null)).toBe("");
});

test("a rate is one figure or low, likely, high in order", () => {
  expect(readRate("2")).toEqual([0.02, 0.02, 0.02]);
  expect(readRate("1 – 2 – 4")).toEqual([0.01, 0.02, 0.04]);
  expect(readRate("1-2-4")).toEqual([0.01, 0.02, 0.04]);
  for (const wrong of ["4 – 2 – 1", "1 – 2", "1 – 2 – 101", "x", "1 – 2 – 3 – 4"])
    expect(readRate(wrong), wrong).toBeNull();
  expect(percent("101")).not.toBe("");
});

test("a draft lands on the row it was typed for, once, and Esc drops it", () => {
  const commit = vi.fn();
  const draft = new Draft<string>(commit);
  draft.type("a", "first");
  draft.type("ab", "second");
  draft.settle();
  draft.settle();
  expect(commit.mock.calls).toEqual([["ab", "first"]]);
  draft.type("c", "third");
  draft.drop();
  draft.settle();
  expect(commit).toHaveBeenCalledTimes(1);
});
