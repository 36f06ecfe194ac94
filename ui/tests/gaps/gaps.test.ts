/** The gap list: groups, the hand on it, evidence. */
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { commitEdits, insertEdit } from "../../src/actions/edit";
import { applyFix } from "../../src/actions/fixGap";
import { fillIn } from "../../src/actions/showField";
import { evidenceText } from "../../src/gaps/evidenceText";
import GapsPanel from "../../src/gaps/GapsPanel.svelte";
import { needsOf } from "../../src/gaps/needs";
import type { EvidenceView } from "../../src/ipc";
import { sampleTexts } from "../../src/ipc/memory/catalogue";
import list from "../../src/ipc/memory/rules.json";
import { evidence, lightOf } from "../../src/state/evidence.svelte";
import { gapList } from "../../src/state/gapList.svelte";
import { gaps } from "../../src/state/gaps.svelte";
import { panes } from "../../src/state/panes.svelte";
import { project } from "../../src/state/project.svelte";
import { session } from "../../src/state/session.svelte";
import { mendable, openMap } from "../harness";
import WithPane from "../WithPane.svelte";
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
  const [first] = await mendable();
  if (!first) throw new Error("the example has a gap with a fix");
  const { gap, fix } = first;
  await applyFix(gap, fix);
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

test("a card that goes from under the hand takes its light along", async () => {
  const { unmount } = render(WithTooltips, { shown: GapsPanel });
  const [card] = screen.getAllByRole("article");
  if (!card) throw new Error("there are gaps");
  await fireEvent.pointerEnter(card);
  expect(evidence.lit).not.toBeNull();
  unmount();
  expect(evidence.lit).toBeNull();
});

test("what is not assessed says what to fill in", async () => {
  render(WithTooltips, { shown: GapsPanel });
  await fireEvent.click(screen.getByRole("button", { name: /Not assessed/ }));
  expect(screen.getByText("Say who looks after touchpoints")).toBeDefined();
});

test("evidence reads as a sentence", () => {
  const read = (evidence: EvidenceView, touchpoints: string[] = [], rule = "") =>
    evidenceText({ evidence, touchpoints, rule });
  const way = { kind: "path", touchpoints: ["tvspots", "search"], links: ["a"], days: null, limit: null } as const;
  expect(read({ ...way, touchpoints: [...way.touchpoints], links: ["a"] })).toBe("TV spots → Search");
  expect(read({ ...way, touchpoints: [...way.touchpoints], links: ["a"], limit: 3 })).toBe(
    "TV spots → Search: 1 link, held against 3",
  );
  expect(read({ ...way, touchpoints: [...way.touchpoints], links: ["a"], days: 9, limit: 30 })).toBe(
    "TV spots → Search: 9 days, held against 30",
  );
  expect(read({ kind: "component" }, ["tvspots", "search"])).toBe("These hang together: TV spots, Search.");
  const shares = [{ label: "tv", share: 0.645 }];
  expect(read({ kind: "shares", shares, stages: [] })).toBe("TV 64.5 %");
  expect(read({ kind: "shares", shares, stages: [{ label: "launch", share: 1 }] })).toBe(
    "TV 64.5 %. TV by stage: Launch 100 %",
  );
  expect(read({ kind: "words", words: ["tv", "own word"] }, [], "same-mix-everywhere")).toBe("TV, own word");
  expect(read({ kind: "words", words: ["direct"] }, [], "driver-type-mismatch")).toBe("direct");
  expect(read({ kind: "cut", entries: ["tvspots"] })).toBe("No way is left from TV spots.");
  expect(read({ kind: "weeks", first: "2026-03-02", last: "2026-03-08" })).toMatch(/^Nothing from .*2026 to .*2026\.$/);
  const rate = { kind: "figure", value: null, limit: 0.005, unit: "share" } as const;
  expect(read({ ...rate, touchpoints: [], links: [] })).toBe("Not filled in; held against 0.5 %");
  expect(read({ ...rate, value: 0.004, touchpoints: ["tvspots", "search"], links: ["a"] })).toBe(
    "TV spots → Search: 0.4 %, held against 0.5 %",
  );
});

test("a figure is lit with the way on which people come to where it counts", () => {
  const [gap] = gaps.open;
  if (!gap) throw new Error("the example has gaps");
  const shown = { kind: "figure", value: null, limit: 0.005, unit: "share" } as const;
  const figure = {
    ...gap,
    touchpoints: ["shop"],
    links: [],
    evidence: { ...shown, touchpoints: ["tv", "shop"], links: ["a"] },
  };
  const { touchpoints, links } = lightOf(figure, [], []);
  expect([[...touchpoints].sort(), [...links]]).toEqual([["shop", "tv"], ["a"]]);
});

test("what the in-memory host says of a gap are the program's words, with names filled in", async () => {
  for (const name of [null, ...Object.keys(sampleTexts)]) {
    await openMap(name);
    for (const { rule, message } of [...gaps.open, ...gaps.dismissed]) {
      const words = (list.sentences as Record<string, string>)[rule]?.split(/\{\w+\}/) ?? [];
      const literal = words.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      expect(message).toMatch(new RegExp(`^${literal.join(".+")}$`));
      expect(message).not.toMatch(/[{}]|“”/);
    }
  }
});

test("new gaps join at the very end while the hand is on the list: nothing above moves", async () => {
  gapList.hold();
  const before = keys();
  const stage = project.stages[0]?.id ?? "";
  await commitEdits([insertEdit("touchpoint", { id: "lonely", name: "Lonely", kind: "driver", stage })], "Add");
  expect(keys().slice(0, before.length)).toEqual(before);
  expect(gapList.groups.at(-1)?.title).toBe("New");
  gapList.release();
  expect(gapList.groups.map((group) => group.title)).not.toContain("New");
});

test("“Why?” unfolds the rule's paragraph and example with the evidence, one gap at a time", async () => {
  render(WithTooltips, { shown: GapsPanel });
  const rule = session.rule("no-pick-up");
  const card = screen.getAllByRole("article").find((one) => one.dataset.rule === "no-pick-up");
  if (!card || !rule) throw new Error("the example has such a gap");
  const ask = within(card).getByRole("button", { name: /^Why\?/ });
  expect(ask.getAttribute("aria-expanded")).toBe("false");
  await fireEvent.click(ask);
  expect(ask.getAttribute("aria-expanded")).toBe("true");
  expect(within(card).getByText(rule.paragraph)).toBeDefined();
  expect(card.textContent).toContain(rule.example);
  expect(card.querySelector(".evidence")?.textContent).toContain("→");
  const other = screen.getAllByRole("button", { name: /^Why\?/ }).find((one) => one !== ask);
  await fireEvent.click(other as HTMLElement);
  expect(screen.getAllByRole("button", { expanded: true, name: /^Why\?/ })).toHaveLength(1);
});

test("a dismissed gap says why, by whom and when, and opens again", async () => {
  await openMap("showcase");
  const gap = gaps.dismissed[0];
  if (!gap) throw new Error("the map has a dismissal");
  render(WithTooltips, { shown: GapsPanel });
  await fireEvent.click(screen.getByRole("button", { name: /^Dismissed/ }));
  expect(screen.getByText(/Landlords do not recommend in public/)).toBeDefined();
  expect(screen.getByText(/Ines, .*2026/)).toBeDefined();
  await fireEvent.click(screen.getByRole("button", { name: `Open again: ${gap.ruleName}` }));
  expect(gaps.open.map((one) => one.key)).toContain(gap.key);
});

test("rules that wait for the same thing stand together, and the thing leads to its field", async () => {
  const needs = needsOf(gaps.notAssessed);
  expect(new Set(needs.map((need) => need.text)).size).toBe(needs.length);
  await openMap("agency-schematic");
  const audiences = needsOf(gaps.notAssessed).find((need) => need.entity === "audience");
  expect(audiences?.rules).toEqual(["Audience made up", "Audience left alone"]);
  render(WithPane);
  await fillIn(audiences ?? { entity: "audience", field: "name" });
  expect(panes.tab).toBe("inspector");
  expect(document.activeElement?.textContent).toContain("Add an audience");
});

test("where no system is known yet, saying on which one touchpoints run begins with adding one", async () => {
  await openMap("agency-schematic");
  const systems = needsOf(gaps.notAssessed).find((need) => need.field === "system");
  render(WithPane);
  await fillIn(systems ?? { entity: "touchpoint", field: "system" });
  expect(document.activeElement?.textContent).toContain("Add a system");
});

test("what suffers from a gap is lit with it, and for a cut the ways that hang on the touchpoint", () => {
  const [gap] = gaps.open;
  if (!gap) throw new Error("the example has gaps");
  const cut = { ...gap, touchpoints: ["page"], links: [], evidence: { kind: "cut" as const, entries: ["tv", "post"] } };
  const ways = [
    { id: "a", from: "tv", to: "search" },
    { id: "b", from: "search", to: "page" },
    { id: "c", from: "post", to: "page" },
    { id: "d", from: "page", to: "shop" },
    { id: "e", from: "flyer", to: "page" },
  ];
  const { touchpoints, links } = lightOf(cut, ["shop"], ways);
  expect([...links].sort()).toEqual(["a", "b", "c"]);
  expect([...touchpoints].sort()).toEqual(["page", "post", "search", "shop", "tv"]);
});
