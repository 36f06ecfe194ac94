/** The gap list: groups, the hand on it, evidence. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { applyFix } from "../../src/actions/fixGap";
import { evidenceText } from "../../src/gaps/evidenceText";
import GapsPanel from "../../src/gaps/GapsPanel.svelte";
import { evidence } from "../../src/state/evidence.svelte";
import { gapList } from "../../src/state/gapList.svelte";
import { gaps } from "../../src/state/gaps.svelte";
import { openMap } from "../harness";
import WithTooltips from "../WithTooltips.svelte";

beforeEach(async () => {
  await openMap("census-2020");
  gapList.grouping = "stage";
});

const keys = () => gapList.groups.flatMap((group) => group.entries.map((entry) => entry.gap.key));

test("groups follow the journey, and every gap stands in one of them", () => {
  expect(gapList.groups.map((group) => group.title)).toEqual(["Tease", "Launch", "Sustain", "Wrap"]);
  expect(new Set(keys())).toEqual(new Set(gaps.open.map((gap) => gap.key)));
  gapList.grouping = "severity";
  expect(gapList.groups.map((group) => group.title)).toEqual(["High", "Medium", "Low"]);
  gapList.grouping = "touchpoint";
  expect(keys().length).toBe(gaps.open.length);
});

test("under the hand the list does not jump: a closed gap keeps its line until the hand leaves", async () => {
  gapList.hold();
  const before = keys();
  const gap = gaps.open.find((one) => one.fixes.length > 0);
  if (!gap) throw new Error("the example has a gap with a fix");
  await applyFix(gap, 0);
  expect(keys()).toEqual(before);
  const entry = gapList.groups.flatMap((group) => group.entries).find((one) => one.gap.key === gap.key);
  expect(entry?.closed).toBe(true);
  expect(gapList.walked.map((one) => one.key)).not.toContain(gap.key);
  gapList.release();
  expect(keys()).not.toContain(gap.key);
});

test("hovering lights the evidence, leaving puts it out", async () => {
  render(WithTooltips, { shown: GapsPanel });
  const [card] = screen.getAllByRole("article");
  if (!card) throw new Error("there are gaps");
  await fireEvent.pointerEnter(card);
  expect(evidence.lit?.touchpoints.size).toBeGreaterThan(0);
  await fireEvent.pointerLeave(card);
  expect(evidence.lit).toBeNull();
});

test("what is not assessed says what to fill in", async () => {
  render(WithTooltips, { shown: GapsPanel });
  await fireEvent.click(screen.getByRole("button", { name: /Not assessed/ }));
  expect(screen.getByText("Say who owns touchpoints")).toBeDefined();
});

test("evidence reads as a sentence", () => {
  expect(evidenceText({ kind: "path", touchpoints: ["tvspots", "search"], links: [], days: null, limit: null })).toBe(
    "TV spots → Search",
  );
  expect(evidenceText({ kind: "shares", shares: [{ label: "TV", share: 0.645 }] })).toBe("TV 64.5 %");
  expect(evidenceText({ kind: "cut", entries: ["tvspots"] })).toBe("No way is left from TV spots.");
  expect(evidenceText({ kind: "figure", value: null, limit: 0.005, unit: "share" })).toBe(
    "Not filled in; held against 0.5 %",
  );
});
