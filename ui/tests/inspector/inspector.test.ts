/** The inspector: what it shows, what it writes, and how one is led to a field. */
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { commitEdits, insertEdit, setEdit } from "../../src/actions/edit";
import { showField } from "../../src/actions/showField";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import { gaps } from "../../src/state/gaps.svelte";
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

test("of mixed audiences, a chip adds one to all or takes it from all, and leaves the others alone", async () => {
  const [one, two] = [project.audiences[0]?.id ?? "", "second"];
  await revisionAfter(() => commitEdits([insertEdit("audience", { id: two, name: "Second" })], "Add audience"));
  await revisionAfter(() =>
    commitEdits(
      [setEdit("touchpoint", "fb", "audiences", [one, two]), setEdit("touchpoint", "tvc", "audiences", [two])],
      "Change",
    ),
  );
  show(() => selection.selectMany(["fb", "tvc"]));
  const chip = () => within(screen.getByRole("group", { name: "Audiences" })).getAllByRole("button")[0] as HTMLElement;
  expect(chip().getAttribute("aria-pressed")).toBe("mixed");
  await revisionAfter(() => fireEvent.click(chip()));
  expect(project.touchpoint("tvc")?.audiences).toEqual([one, two]);
  await revisionAfter(() => fireEvent.click(chip()));
  expect([project.touchpoint("fb")?.audiences, project.touchpoint("tvc")?.audiences]).toEqual([[two], [two]]);
});

test("made destinations together, those that were keep their rank", async () => {
  await revisionAfter(() => commitEdits([setEdit("touchpoint", "planner", "rank", "intermediate")], "Change"));
  show(() => selection.selectMany(["fb", "planner"]));
  await revisionAfter(() => fireEvent.change(screen.getByLabelText("Kind"), { target: { value: "destination" } }));
  expect([project.touchpoint("fb")?.rank, project.touchpoint("planner")?.rank]).toEqual(["ultimate", "intermediate"]);
});

test("several touchpoints show the gaps that any of them stands in, each once", () => {
  const ids = gaps.open.flatMap((gap) => gap.touchpoints.slice(0, 1)).slice(0, 4);
  show(() => selection.selectMany(new Set([...ids, "fb", "tvc"])));
  const all = new Set([...ids, "fb", "tvc"].flatMap((id) => gaps.byTouchpoint(id)));
  expect(screen.getByRole("region", { name: "Gaps here" }).textContent).toContain(`${all.size} gap`);
});

test("a rate is three figures, written once when all are left", async () => {
  const [id] = project.linkIds;
  show(() => selection.selectLink(id ?? ""));
  const apply = vi.spyOn(host, "applyEdits");
  const type = async (part: string, value: string, next: string | null) => {
    const field = within(screen.getByRole("group", { name: "Rate, per cent" })).getByLabelText(part);
    await fireEvent.input(field, { target: { value } });
    const relatedTarget = next === null ? null : screen.getByLabelText(next);
    await fireEvent(field, new FocusEvent("focusout", { bubbles: true, relatedTarget }));
  };
  await type("Low", "1", "Likely");
  expect(screen.getByText("Say the likely share, too.")).toBeTruthy();
  await type("Likely", "2", "High");
  await revisionAfter(() => type("High", "4", null));
  expect(apply).toHaveBeenCalledTimes(1);
  expect(project.link(id ?? "")?.rate).toEqual([0.01, 0.02, 0.04]);
});

test("several links are given a rate and a lag in one step each", async () => {
  const ids = project.linkIds.slice(0, 3);
  show(() => selection.selectMany([], ids));
  const likely = screen.getByLabelText("Likely");
  await fireEvent.input(likely, { target: { value: "2.5" } });
  await revisionAfter(() => fireEvent.keyDown(likely, { key: "Enter" }));
  const lag = screen.getByLabelText("Lag, days");
  await fireEvent.input(lag, { target: { value: "3" } });
  await revisionAfter(() => fireEvent.blur(lag));
  for (const id of ids) expect(project.link(id)).toMatchObject({ rate: [0.025, 0.025, 0.025], lag_days: 3 });
});

test.each([
  ["Tracked", "no", { tracked: false }],
  ["Came about", "emerged", { origin: "emerged" }],
] as const)("a link's own field is written: %s", async (label, value, expected) => {
  const id = project.linkIds[0] ?? "";
  show(() => selection.selectLink(id));
  await revisionAfter(() => fireEvent.change(screen.getByLabelText(label), { target: { value } }));
  expect(project.link(id)).toMatchObject(expected);
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

test("a stage is moved on by pressing the same button again, and at the end of the way back", async () => {
  show(() => selection.clear());
  const [{ id, name } = { id: "", name: "" }] = project.stages;
  const later = () => screen.getByRole("button", { name: `Move ${name} later` });
  later().focus();
  for (let at = 1; at < project.stages.length; at += 1) {
    await revisionAfter(() => fireEvent.click(document.activeElement as Element));
    flushSync();
    expect(project.stages[at]?.id).toBe(id);
  }
  expect(document.activeElement).toBe(screen.getByRole("button", { name: `Move ${name} earlier` }));
});
