/** The inspector: what it shows, what it writes, and how one is led to a field. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { showField } from "../../src/actions/showField";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { openMap, revisionAfter } from "../harness";
import WithPane from "../WithPane.svelte";

let host: MemoryHost;

beforeEach(async () => {
  host = await openMap("escape-my-house");
});

function show(work: () => void): void {
  render(WithPane);
  work();
  flushSync();
}

test("a field writes one edit when it is left, and none when nothing changed", async () => {
  show(() => selection.select("fb"));
  const apply = vi.spyOn(host, "applyEdits");
  const budget = screen.getByLabelText("Budget");
  await fireEvent.blur(budget);
  expect(apply).not.toHaveBeenCalled();
  await fireEvent.input(budget, { target: { value: "20 000" } });
  await revisionAfter(() => fireEvent.blur(budget));
  expect(apply.mock.calls).toEqual([
    [
      [{ op: "set", entity: "touchpoint", id: "fb", field: "budget", value: 20000 }],
      "Change the budget of Facebook video",
    ],
  ]);
});

test("what is no number is said at once and never written", async () => {
  show(() => selection.select("fb"));
  const apply = vi.spyOn(host, "applyEdits");
  const budget = screen.getByLabelText("Budget");
  await fireEvent.input(budget, { target: { value: "a lot" } });
  expect(budget.getAttribute("aria-invalid")).toBe("true");
  await fireEvent.blur(budget);
  expect(apply).not.toHaveBeenCalled();
});

test("a destination made a driver loses its rank in the same step", async () => {
  show(() => selection.select("planner"));
  await revisionAfter(() => fireEvent.change(screen.getByLabelText("Kind"), { target: { value: "driver" } }));
  expect(project.touchpoint("planner")).toMatchObject({ kind: "driver", rank: null });
});

test("several touchpoints are changed in one step", async () => {
  show(() => selection.selectMany(["fb", "tvc"]));
  const apply = vi.spyOn(host, "applyEdits");
  await revisionAfter(() => fireEvent.change(screen.getByLabelText("Status"), { target: { value: "live" } }));
  expect(apply).toHaveBeenCalledTimes(1);
  expect([project.touchpoint("fb")?.status, project.touchpoint("tvc")?.status]).toEqual(["live", "live"]);
});

test.each([
  ["a touchpoint's own", { entity: "touchpoint", id: "radio", field: "metric" }, "Counted in"],
  [
    "the first destination that lacks it",
    { entity: "touchpoint", id: null, field: "conversion_rate" },
    "Conversion, %",
  ],
  ["an audience's, unfolded", { entity: "audience", id: null, field: "cycle_days" }, "Days to decide"],
  ["the map's", { entity: "map", id: "map", field: "objective" }, "Objective"],
] as const)("one is led to a field: %s", async (_, place, label) => {
  show(() => {});
  await showField(place);
  expect(document.activeElement).toBe(screen.getByLabelText(label));
  expect(document.activeElement?.closest("[hidden]")).toBeNull();
});
