/** Others at one file: what is told of them, conflicts and how they are settled, the truth about the file. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { actionById, run } from "../../src/actions";
import { commitEdits, setEdit } from "../../src/actions/edit";
import ConflictsPanel from "../../src/conflicts/ConflictsPanel.svelte";
import { type ConflictView, setHost } from "../../src/ipc";
import { sampleTexts } from "../../src/ipc/memory/catalogue";
import { MemoryHost } from "../../src/ipc/memoryHost";
import { SceneSource } from "../../src/map/sceneSource";
import { begin } from "../../src/shell/begin";
import Company from "../../src/shell/Company.svelte";
import CopyNotice from "../../src/shell/CopyNotice.svelte";
import { saveTruth } from "../../src/shell/saveTruth";
import { company, people } from "../../src/state/company.svelte";
import { conflicts } from "../../src/state/conflicts.svelte";
import { evidence } from "../../src/state/evidence.svelte";
import { panes } from "../../src/state/panes.svelte";
import { past } from "../../src/state/past.svelte";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { settled } from "../harness";
import WithTooltips from "../WithTooltips.svelte";

let host: MemoryHost;
let stop: (() => void) | null = null;

beforeEach(async () => {
  stop?.();
  session.screen = "starting";
  host = new MemoryHost(sampleTexts.showcase ?? null, true);
  setHost(host);
  stop = begin();
  await settled(() => session.screen === "map");
});

test("each place shows both sides with who and when; a side is taken by a click", async () => {
  const settle = vi.spyOn(host, "settleConflict");
  render(ConflictsPanel);
  const [first] = conflicts.list;
  const card = screen.getByRole("article", { name: /Morning light TV spot, name/ });
  expect(card.textContent).toContain("Ines");
  expect(card.textContent).toContain("Ben");
  await fireEvent.click(screen.getByRole("button", { name: `Take ${first?.others[0]?.text}` }));
  expect(settle).toHaveBeenCalledWith("touchpoint", first?.id, "name", first?.others[0]?.id);
  await settled(() => conflicts.list.length === 2);
  expect(screen.queryByRole("article", { name: /Morning light TV spot, name/ })).toBeNull();
});

test("pointing at a place lights its cards, and only while it is pointed at", async () => {
  render(ConflictsPanel);
  const card = screen.getByRole("article", { name: /call to action/ });
  await fireEvent.pointerEnter(card);
  expect([...(evidence.lit?.touchpoints ?? [])]).toEqual(conflicts.list[2]?.touchpoints);
  await fireEvent.pointerLeave(card);
  expect(evidence.lit).toBeNull();
});

test("a place that goes from under the hand takes its light with it, and no other one's", async () => {
  const { unmount } = render(ConflictsPanel);
  await fireEvent.pointerEnter(screen.getByRole("article", { name: /call to action/ }));
  unmount();
  expect(evidence.pointed).toBeNull();
  const other = { touchpoints: new Set(["elsewhere"]), links: new Set<string>(), stages: new Set<string>() };
  const again = render(ConflictsPanel);
  await fireEvent.pointerEnter(screen.getByRole("article", { name: /call to action/ }));
  evidence.point({}, other);
  again.unmount();
  expect(evidence.pointed).toEqual(other);
  evidence.pointed = null;
});

test("a place whose row is gone from the map selects nothing", async () => {
  const [first] = conflicts.list;
  conflicts.list = [{ ...(first as ConflictView), touchpoints: ["gone"] }];
  selection.clear();
  render(ConflictsPanel);
  await fireEvent.click(screen.getByRole("button", { name: first?.name ?? "" }));
  expect(selection.size).toBe(0);
});

test("writing the field again settles it; the last one leaves a word instead of an empty list", async () => {
  const [first, second, third] = conflicts.list;
  render(ConflictsPanel);
  for (const one of [first, second, third])
    await commitEdits([setEdit(one?.entity ?? "map", one?.id ?? "", one?.field || "name", "Again")], "Write");
  await settled(() => conflicts.list.length === 0);
  await settled(() => document.body.textContent?.includes("Both sides agree") ?? false);
  expect(actionById("showConflicts")?.enabled()).toBe(false);
});

test("a contested card carries the sign until it is settled", async () => {
  const source = new SceneSource();
  const [, second] = conflicts.list;
  const card = (id?: string) => source.next().cards.find((one) => one.id === id);
  expect(card(second?.id)?.contested).toBe(true);
  await host.settleConflict("touchpoint", second?.id ?? "", "");
  expect(card(second?.id)?.contested).toBe(false);
});

test("what came in is said with who until it is seen, and is lit for a while only", async () => {
  vi.useFakeTimers();
  const event = {
    authors: ["Ben"],
    steps: ["Rename E-mail", "Move TV"],
    touchpoints: ["planner"],
    links: [],
    at: "2026-11-20T10:15:00Z",
  };
  host.emit("takenIn", event);
  host.emit("takenIn", { ...event, authors: ["Ines"], touchpoints: ["shop"] });
  expect([...company.freshTouchpoints]).toEqual(["planner", "shop"]);
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  expect(company.freshTouchpoints.size).toBe(0);
  render(Company);
  const chip = screen.getByRole("button", { name: /4 changes of Ben and Ines taken in/ });
  await fireEvent.click(chip);
  expect(company.takenIn).toBeNull();
  expect([panes.tab, past.tab]).toEqual(["history", "steps"]);
});

test("who has the file open is told since when, until they leave", async () => {
  const { container } = render(Company);
  expect(container.textContent).toMatch(/Ben has it open since/);
  host.emit("company", { company: { others: [], copies: [] } });
  await settled(() => !container.textContent?.includes("has it open"));
});

test("a copy beside the file is offered, taken in, or left alone", async () => {
  const [name = ""] = company.copies;
  render(WithTooltips, { shown: CopyNotice, given: { name, more: 0 } });
  const merge = vi.spyOn(host, "mergeWith");
  await fireEvent.click(screen.getByRole("button", { name: "Merge it in" }));
  expect(merge).toHaveBeenCalledWith({ kind: "copy", name });
  await settled(() => company.copies.length === 0);
  expect(panes.tab).toBe("conflicts");
});

test("people are named so that a sentence can go on", () => {
  for (const [authors, words] of [
    [["Ben"], "Ben"],
    [["Ben", ""], "Ben and somebody"],
    [["A", "B", "C"], "A, B and C"],
    [["A", "B", "C", "D"], "A, B and 2 others"],
  ] as const)
    expect(people(authors)).toBe(words);
});

test("the truth about the file is a sentence of its own for each way in which it is away", () => {
  const said = (state: Parameters<typeof saveTruth>[0]["state"]) => saveTruth({ state, detail: null }, "plan.backcast");
  for (const state of ["missing", "replaced", "unreachable"] as const) {
    expect(said(state).text).toBe("Offline copy");
    expect(said(state).explanation).toContain("Kept on this computer");
    expect(said(state).tone).toBe("away");
  }
  expect(said("missing").explanation).toContain("plan.backcast is not there");
});

test("saving asks for another name where another file stands", async () => {
  const [again, elsewhere] = [vi.spyOn(host, "saveNow"), vi.spyOn(host, "saveAsDialog")];
  host.emit("status", { status: { state: "missing", detail: null }, fileName: "plan.backcast", folder: null });
  run("saveNow");
  expect([again.mock.calls.length, elsewhere.mock.calls.length]).toEqual([1, 0]);
  host.emit("status", { status: { state: "replaced", detail: "x" }, fileName: "plan.backcast", folder: null });
  run("saveNow");
  expect(elsewhere).toHaveBeenCalled();
});

test("another project brings its own company and conflicts", async () => {
  await host.openSample("escape-my-house").then((view) => host.emit("opened", { project: view }));
  expect([conflicts.list.length, company.others.length, company.copies.length]).toEqual([0, 0, 0]);
  expect(project.map.title).not.toBe("");
});
