/** Presenting: what the story tells, in which order, and the way through it and out again. */
import { cleanup, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { run } from "../../src/actions";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import StoryFoot from "../../src/present/StoryFoot.svelte";
import StoryHead from "../../src/present/StoryHead.svelte";
import { announcer } from "../../src/state/announcer.svelte";
import { gaps } from "../../src/state/gaps.svelte";
import { presentation } from "../../src/state/presentation.svelte";
import { project } from "../../src/state/project.svelte";
import { kindOf } from "../../src/state/words";
import { openMap, settled } from "../harness";

let host: MemoryHost;
beforeEach(async () => {
  host = await openMap("escape-my-house");
  run("present");
});
afterEach(() => {
  presentation.end();
  cleanup();
});

function press(key: string): void {
  window.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true, bubbles: true }));
}

test("the story goes backward: the whole, the ends, what leads there, the stages from the last, the gaps by severity", () => {
  const order = presentation.steps.map(({ id }) => id.split(" ")[0] as string);
  const parts = ["whole", "ends", "passing", "direct", "indirect", "stage", "gap"];
  expect(order.map((part) => parts.indexOf(part))).toEqual(order.map((part) => parts.indexOf(part)).sort());
  const stages = presentation.steps.filter(({ id }) => id.startsWith("stage")).map(({ title }) => title);
  const held = project.stages.filter(({ id }) => [...project.touchpoints.values()].some(({ stage }) => stage === id));
  expect(stages).toEqual(held.map(({ name }) => name).reverse());
  const severities = presentation.steps.flatMap(({ severity }) => severity ?? []);
  expect(severities).toEqual(
    [...severities].sort((a, b) => ["high", "medium", "low"].indexOf(a) - ["high", "medium", "low"].indexOf(b)),
  );
});

test("a step about drivers keeps them and what they lead to; one about a gap lights what it stands on", () => {
  const direct = presentation.steps.find(({ id }) => id.startsWith("direct"))?.show().kept;
  const kinds = [...(direct?.touchpoints ?? [])].map((id) => kindOf(project.touchpoint(id) as never));
  expect(new Set(kinds)).toEqual(new Set(["destination", "direct"]));
  for (const id of direct?.links ?? [])
    expect(project.touchpoint(project.link(id)?.to ?? "")?.kind).toBe("destination");
  const gap = gaps.open.find(({ touchpoints }) => touchpoints.length > 0);
  const told = presentation.steps.find(({ id }) => id === `gap ${gap?.severity} ${gap?.rule}`);
  for (const id of gap?.touchpoints ?? []) expect(told?.show().lit?.touchpoints.has(id)).toBe(true);
  expect(told?.text).toContain(gap?.message);
});

test("every open gap is told of, and no step is empty", () => {
  const told = new Set(presentation.steps.map(({ id }) => id));
  for (const { severity, rule } of gaps.open) expect(told.has(`gap ${severity} ${rule}`)).toBe(true);
  for (const step of presentation.steps) {
    const { kept, lit } = step.show();
    if (kept !== null) expect(kept.touchpoints.size, step.id).toBeGreaterThan(0);
    if (lit !== null) expect(lit.touchpoints.size + lit.links.size, step.id).toBeGreaterThan(0);
    expect(step.title).not.toBe("");
  }
});

test("keys and buttons lead on and back, stop at either end, and each step is said", async () => {
  render(StoryHead);
  render(StoryFoot);
  await tick();
  const count = presentation.steps.length;
  expect(announcer.text).toContain(`Step 1 of ${count}`);
  press("ArrowLeft");
  expect(presentation.place).toBe(0);
  for (const key of ["ArrowRight", " ", "PageDown"]) press(key);
  expect(presentation.place).toBe(3);
  await tick();
  expect(announcer.text).toContain(presentation.step?.title);
  press("PageUp");
  screen.getByRole("button", { name: "Previous" }).click();
  expect(presentation.place).toBe(1);
  press("End");
  press("ArrowDown");
  expect(presentation.place).toBe(count - 1);
  await tick();
  expect(screen.getByText(`${count} of ${count}`)).toBeTruthy();
  press("Escape");
  expect(presentation.active).toBe(false);
});

test("a step that is gone gives way to the one in its place, and an empty map is not presented", async () => {
  presentation.go(presentation.steps.length - 1);
  gaps.patch({
    revision: gaps.revision,
    added: [],
    removed: gaps.open.map(({ key }) => key),
    notAssessed: [],
    stages: [],
  });
  expect(presentation.step?.id).toBe(presentation.steps.at(-1)?.id);
  await openMap(null);
  expect(presentation.active).toBe(false);
  expect(run("present")).toBe(false);
});

test("the window has the whole screen for as long as the map is presented", async () => {
  const { unmount } = render(StoryFoot);
  await settled(() => host.wholeScreen);
  unmount();
  await settled(() => !host.wholeScreen);
});
