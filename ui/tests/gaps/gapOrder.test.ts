/** The order in which gaps stand is that of the program, which compares what they are about one by one. */
import { expect, test } from "vitest";
import type { GapView } from "../../src/ipc";
import { toldIn, withOthers } from "../../src/state/gapOrder";

const gap = (...subjects: string[]): GapView => ({
  key: subjects.length === 0 ? "no-theme" : `no-theme:${subjects.join(",")}`,
  rule: "no-theme",
  ruleName: "No theme",
  severity: "low",
  stages: [],
  noStage: false,
  touchpoints: [],
  links: [],
  evidence: { kind: "none" },
  message: "The campaign has no theme.",
  dismissed: null,
});

/** In the program's order. Each is one that comparing texts or halves of characters puts elsewhere. */
const told = [
  [],
  ["a"],
  ["a", "x"],
  ["a", "x", "b"],
  ["a b"],
  ["a!"],
  ["a!", "a"],
  ["a-b", "c"],
  ["b"],
  ["\u{fb01}"],
  ["\u{1f600}"],
  ["\u{1f601}", "a"],
].map((subjects) => gap(...subjects));

test("gaps of a rule stand by what they are about", () => {
  const order = toldIn([]);
  expect([...told].reverse().sort(order)).toEqual(told);
  for (const [at, other] of told.entries()) {
    expect(withOthers(told.toSpliced(at, 1), [other], order)).toEqual(told);
  }
});
