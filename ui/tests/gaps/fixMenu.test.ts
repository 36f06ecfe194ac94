/** The menu of fixes: it offers all of them, Enter applies, a fix that only a person can do leads to its field. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { run } from "../../src/actions";
import { applyFix } from "../../src/actions/fixGap";
import FixMenu from "../../src/gaps/FixMenu.svelte";
import type { FixView, GapView } from "../../src/ipc";
import { onWindowKey } from "../../src/shell/keyboard";
import { evidence } from "../../src/state/evidence.svelte";
import { gaps } from "../../src/state/gaps.svelte";
import { intentions } from "../../src/state/intentions.svelte";
import { panes } from "../../src/state/panes.svelte";
import { selection } from "../../src/state/selection.svelte";
import { toasts } from "../../src/state/toasts.svelte";
import { fixesOf, openMap, settled } from "../harness";

let gap: GapView;
let fixes: FixView[];

beforeEach(async () => {
  await openMap("showcase");
  const found = gaps.open.find((one) => one.rule === "no-call-to-action");
  if (!found) throw new Error("the map has a driver without a call to action");
  gap = found;
  fixes = await fixesOf(gap.key);
  evidence.focused = gap.key;
});

async function offered(): Promise<HTMLElement[]> {
  expect(run("fixGap")).toBe(true);
  await settled(() => intentions.fixing === gap.key);
  render(FixMenu, { gap });
  await settled(() => screen.queryAllByRole("menuitem").length > 0);
  return screen.getAllByRole("menuitem");
}

test("Ctrl+. offers all fixes of the gap in hand and changes nothing by itself", async () => {
  const items = await offered();
  expect(items.map((item) => item.textContent?.trim())).toEqual(fixes.map((fix) => fix.title));
  expect(gaps.byKey(gap.key)).toBeDefined();
});

test("choosing a fix applies it", async () => {
  const items = await offered();
  await fireEvent.keyDown(items[1] as HTMLElement, { key: "Enter" });
  await settled(() => gaps.byKey(gap.key) === undefined);
  await settled(() => intentions.fixing === null);
});

test("a fix that only a person can do leads to its field", async () => {
  const items = await offered();
  await fireEvent.keyDown(items[0] as HTMLElement, { key: "Enter" });
  await settled(() => panes.tab === "inspector");
  expect(selection.touchpoint).toBe(fixes[0]?.fillIn?.id);
  expect(gaps.byKey(gap.key)).toBeDefined();
});

test("while it is open the window's keys are its own", async () => {
  await offered();
  const event = new KeyboardEvent("keydown", { key: "F8", cancelable: true });
  onWindowKey(event);
  expect(event.defaultPrevented).toBe(false);
  intentions.fixing = null;
});

test("a fix that would do something else by now is not applied, and what can be done instead is offered", async () => {
  const [, stale] = fixes;
  if (!stale) throw new Error("the gap has two fixes");
  await applyFix(gap, { ...stale, fingerprint: "of another map" });
  await settled(() => intentions.fixing === gap.key);
  expect(gaps.byKey(gap.key)).toBeDefined();
  expect(toasts.list.at(-1)?.text).toContain("Choose among the fixes");
});
