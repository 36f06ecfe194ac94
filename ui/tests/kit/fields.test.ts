/** Numbers as people write them, and text while it is typed. */
import { describe, expect, test, vi } from "vitest";
import { percent } from "../../src/inspector/checks";
import { Draft } from "../../src/kit/draft.svelte";
import { currencySign } from "../../src/kit/money";
import { readNumber, shownPercent } from "../../src/kit/numbers";
import { rateProblem, readRate, shownRate } from "../../src/kit/rate";

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

test.each([
  [
    ["", "2", ""],
    [0.02, 0.02, 0.02],
    ["", "2", ""],
  ],
  [
    ["1", "2", "4"],
    [0.01, 0.02, 0.04],
    ["1", "2", "4"],
  ],
  [
    ["1", "2", ""],
    [0.01, 0.02, 0.02],
    ["1", "2", "2"],
  ],
] as const)("a rate typed as %j is kept and shown again", (typed, kept, shown) => {
  expect(rateProblem(typed)).toBe("");
  expect(readRate(typed)).toEqual(kept);
  expect(shownRate(readRate(typed))).toEqual(shown);
});

test("what makes no rate is said; no figures at all are none", () => {
  const wrong = [
    ["4", "2", "1"],
    ["1", "", "3"],
    ["1", "2", "101"],
    ["", "x", ""],
  ] as const;
  for (const texts of wrong) {
    expect(rateProblem(texts), texts.join()).not.toBe("");
    expect(readRate(texts), texts.join()).toBeNull();
  }
  expect([rateProblem(["", "", ""]), readRate(["", "", ""])]).toEqual(["", null]);
  expect(percent("101")).not.toBe("");
});

test("a currency is shown by its sign, or by the planner's own letters", () => {
  expect([currencySign("EUR"), currencySign("Points")]).toEqual(["€", "Points"]);
});

test("a draft lands on the row it was typed for, once, and Esc drops it", () => {
  const commit = vi.fn();
  const draft = new Draft<string>(commit);
  draft.type("a", "first", "x");
  draft.type("ab", "second", "ab");
  draft.settle();
  draft.settle();
  expect(commit.mock.calls).toEqual([["ab", "first", "x"]]);
  draft.type("c", "third", "");
  draft.drop();
  draft.settle();
  expect(commit).toHaveBeenCalledTimes(1);
});
