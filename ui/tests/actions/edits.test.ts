/** What actions do to the project, seen through the in-memory host. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { actionById, actions, run } from "../../src/actions";
import { removeRows, selectedRows } from "../../src/actions/delete";
import { commitEdits, linkTouchpoints, moveTouchpoints, setField, setMapField } from "../../src/actions/edit";
import { applyFix, dismissGap, reopenGap } from "../../src/actions/fixGap";
import { freshId } from "../../src/actions/ids";
import { addTouchpoint, take } from "../../src/actions/pick";
import { renameTouchpoint } from "../../src/actions/rename";
import { showGap } from "../../src/actions/walkGaps";
import type { Edit, ProjectView } from "../../src/ipc";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import { announcer } from "../../src/state/announcer.svelte";
import { evidence } from "../../src/state/evidence.svelte";
import { gapList } from "../../src/state/gapList.svelte";
import { gaps } from "../../src/state/gaps.svelte";
import { intentions } from "../../src/state/intentions.svelte";
import { project } from "../../src/state/project.svelte";
import { receiveProject, receiveReading } from "../../src/state/receive";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { toasts } from "../../src/state/toasts.svelte";
import { fixesOf, idOf, mendable, names, openMap, revisionAfter, settled } from "../harness";

let host: MemoryHost;

function channel(id: string) {
  const found = session.channel(id);
  if (!found) throw new Error(`no channel ${id}`);
  return found;
}

function request(anchor: string | null, direction: "upstream" | "downstream" | "sibling") {
  return { anchor, direction, mode: "add", at: null } as const;
}

describe("on an example", () => {
  beforeEach(async () => {
    host = await openMap("escape-my-house");
  });

  test("a step of which others left nothing to take back is not told as undone", async () => {
    await revisionAfter(() => setMapField("theme", "Home", "the theme"));
    const said = vi.spyOn(announcer, "say");
    vi.spyOn(host, "undo").mockResolvedValueOnce(0);
    run("undo");
    const told = "Nothing was left to undo of “Change the theme”";
    await vi.waitFor(() => expect(toasts.list.at(-1)?.text).toContain(told));
    expect(said).not.toHaveBeenCalled();
    await revisionAfter(() => run("undo"));
    await vi.waitFor(() => expect(said).toHaveBeenLastCalledWith("Undone: Change the theme"));
  });

  test("a driver and its link are added in one step, selected, and undone in one", async () => {
    const apply = vi.spyOn(host, "applyEdits");
    await take(request("planner", "upstream"), { kind: "channel", channel: channel("email") });
    expect(apply).toHaveBeenCalledTimes(1);
    expect(apply.mock.calls[0]?.[1]).toBe("Add E-mail");
    const id = idOf("E-mail");
    expect(id).toMatch(/^e-mail-[a-z0-9]{6}$/);
    expect(selection.touchpoint).toBe(id);
    expect(project.outgoing(id).map((link) => project.link(link)?.to)).toEqual(["planner"]);
    expect(session.history.undo).toBe("Add E-mail");
    await revisionAfter(() => run("undo"));
    expect(names()).not.toContain("E-mail");
    expect(session.history.redo).toBe("Add E-mail");
  });

  test("a new driver stands one stage before, or where its channel works", async () => {
    await addTouchpoint(request("planner", "upstream"), "E-mail", channel("email"));
    expect(project.touchpoint(idOf("E-mail"))?.stage).toBe("engage");
    await addTouchpoint(request("planner", "upstream"), "Cinema", channel("cinema"));
    expect(project.touchpoint(idOf("Cinema"))?.stage).toBe("discover");
  });

  test("what comes after is linked from the selection, and stands one stage on", async () => {
    await addTouchpoint(request("fb", "downstream"), "Landing page", channel("landing-page"));
    const id = idOf("Landing page");
    expect(project.incoming(id).map((link) => project.link(link)?.from)).toEqual(["fb"]);
    expect(project.touchpoint(id)?.stage).toBe("explore");
  });

  test("a sibling shares stage and target; beside a destination it is one", async () => {
    await addTouchpoint(request("fb", "sibling"), "Radio", channel("radio"));
    const id = idOf("Radio");
    expect(project.touchpoint(id)?.stage).toBe("discover");
    expect(project.outgoing(id).map((link) => project.link(link)?.to)).toEqual(["experience"]);
    await addTouchpoint(request("planner", "sibling"), "Store", channel("store"));
    expect(project.touchpoint(idOf("Store"))?.kind).toBe("destination");
  });

  test("a name that is taken gets a number", async () => {
    await addTouchpoint(request("planner", "upstream"), "VR event", null);
    expect(names()).toContain("VR event 2");
  });

  test("an existing touchpoint is linked, not added; twice changes nothing", async () => {
    const count = project.touchpointIds.length;
    await take(request("experience", "upstream"), { kind: "existing", id: "story" });
    expect(project.incoming("experience").map((link) => project.link(link)?.from)).toContain("story");
    expect(project.touchpointIds.length).toBe(count);
    const apply = vi.spyOn(host, "applyEdits");
    await linkTouchpoints("story", "experience");
    await linkTouchpoints("story", "story");
    expect(apply).not.toHaveBeenCalled();
  });

  test("delete takes the links along, offers the way back, and the hand goes on", async () => {
    selection.select("experience");
    const before = [names(), [...project.linkIds].sort()];
    await revisionAfter(() => run("delete"));
    expect(names()).not.toContain("360 degree experience site");
    expect([...project.links.values()].some((link) => [link.from, link.to].includes("experience"))).toBe(false);
    expect(selection.touchpoint).toBe("planner");
    await revisionAfter(() => toasts.list.at(-1)?.action?.run());
    expect([names(), [...project.linkIds].sort()]).toEqual(before);
  });

  test.each([
    ["undone by its key", () => run("undo")],
    ["followed by another step", () => setField("touchpoint", "fb", "name", "Facebook", "Rename")],
  ])("the way back is offered no longer when the step is %s", async (_, next) => {
    selection.select("experience");
    await revisionAfter(() => run("delete"));
    await settled(() => toasts.list.some(({ action }) => action?.label === "Undo"));
    await revisionAfter(next);
    expect(toasts.list.some(({ action }) => action?.label === "Undo")).toBe(false);
  });

  test.each([
    ["another map is opened", (view: ProjectView) => receiveProject({ ...view, id: "another" })],
    [
      "something else is looked at",
      (view: ProjectView) => receiveReading(view, { kind: "view", framework: null, live: true }),
    ],
  ])("the way back is no way any longer when %s", async (_, next) => {
    selection.select("experience");
    await revisionAfter(() => run("delete"));
    const offer = () => toasts.list.find(({ action }) => action?.label === "Undo");
    await settled(() => offer() !== undefined);
    const { action } = offer() ?? {};
    next(await host.lookAs(null, false));
    expect(offer()).toBeUndefined();
    const undone = vi.spyOn(host, "undo");
    action?.run();
    await Promise.resolve();
    expect(undone).not.toHaveBeenCalled();
  });

  test("where nothing may be edited nothing is told as done, and no way back offered", async () => {
    selection.select("experience");
    session.readOnly = true;
    await removeRows(selectedRows(), "Delete");
    expect(toasts.list).toEqual([]);
    expect(selection.touchpoint).toBe("experience");
  });

  test("a step that another one follows before it is answered is told without a way back, which would be the other's", async () => {
    selection.select("experience");
    const deleted = actionById("delete")?.run();
    const renamed = setField("touchpoint", "fb", "name", "Facebook", "Rename");
    await Promise.all([deleted, renamed]);
    expect(toasts.list.map(({ text, action }) => [text, action])).toEqual([
      ["Deleted 360 degree experience site", null],
    ]);
  });

  test("delete of a link leaves its touchpoints", async () => {
    const link = project.outgoing("fb")[0] ?? "";
    selection.selectLink(link);
    await revisionAfter(() => run("delete"));
    expect(project.link(link)).toBeUndefined();
    expect(project.touchpoint("fb")).toBeDefined();
  });

  test("renaming to the same or to nothing changes nothing", async () => {
    const apply = vi.spyOn(host, "applyEdits");
    await renameTouchpoint("fb", "  ");
    await renameTouchpoint("fb", "Facebook video");
    expect(apply).not.toHaveBeenCalled();
    await renameTouchpoint("fb", " Film on social ");
    expect(project.touchpoint("fb")?.name).toBe("Film on social");
  });

  test("moving between stages goes one by one and stops at the rim", async () => {
    selection.select("fb");
    await revisionAfter(() => run("moveStageRight"));
    expect(project.touchpoint("fb")?.stage).toBe("explore");
    await revisionAfter(() => run("moveStageLeft"));
    expect(actionById("moveStageLeft")?.enabled()).toBe(false);
    expect(run("moveStageLeft")).toBe(false);
  });

  test("cards moved together are one step; a card moved to another stage is laid out anew", async () => {
    await moveTouchpoints(["fb", "tvc"], {
      positions: new Map([
        ["fb", [10, 20]],
        ["tvc", [10, 120]],
      ]),
    });
    expect(project.touchpoint("fb")?.position).toEqual([10, 20]);
    expect(session.history.undo).toBe("Move 2 touchpoints");
    await moveTouchpoints(["fb"], { stage: "explore" });
    expect(project.touchpoint("fb")?.position).toBeNull();
  });

  test("deleting a stage keeps its touchpoints, without a stage", async () => {
    selection.select("fb");
    await revisionAfter(() => run("deleteStage"));
    expect(project.stages.map((stage) => stage.id)).not.toContain("discover");
    expect(project.touchpoint("fb")?.stage).toBeNull();
  });

  test("the map's own fields are set under its one id", async () => {
    await setMapField("theme", "Safe at home", "the theme");
    expect(project.map.theme).toBe("Safe at home");
    expect(session.history.undo).toBe("Change the theme");
  });

  test("a copy has everything but the links, and stands behind the old one", async () => {
    selection.select("planner");
    await revisionAfter(() => run("duplicate"));
    const copy = project.touchpoint(idOf("Escape planner tool 2"));
    expect(copy).toMatchObject({ kind: "destination", channel: "website", recognises: ["email"], stage: "buy" });
    expect(project.touchpointIds.indexOf(copy?.id ?? "")).toBe(project.touchpointIds.indexOf("planner") + 1);
    expect(project.incoming(copy?.id ?? "")).toEqual([]);
  });

  test("stages move earlier and later, to the very front and the very end", async () => {
    const order = () => project.stages.map((stage) => stage.id);
    selection.select("story");
    await revisionAfter(() => run("moveStageEarlier"));
    expect(order()).toEqual(["explore", "discover", "engage", "buy"]);
    expect(actionById("moveStageEarlier")?.enabled()).toBe(false);
    await revisionAfter(() => run("moveStageLater"));
    await revisionAfter(() => run("moveStageLater"));
    await revisionAfter(() => run("moveStageLater"));
    expect(order()).toEqual(["discover", "engage", "buy", "explore"]);
    expect(actionById("moveStageLater")?.enabled()).toBe(false);
  });

  test("a refusal becomes a message that says what to do, and nothing changes", async () => {
    const nowhere: Edit = { op: "delete", entity: "touchpoint", id: "nowhere" };
    expect(await commitEdits([nowhere], "Delete")).toBeNull();
    expect(toasts.list.at(-1)?.tone).toBe("problem");
    expect(toasts.list.at(-1)?.text).toContain("Undo the last step");
  });

  test("walking follows the links and the column; Home leads to the destination", async () => {
    selection.clear();
    run("walkUpstream");
    expect(selection.touchpoint).toBe("planner");
    run("walkUpstream");
    expect(project.outgoing(selection.touchpoint ?? "").map((link) => project.link(link)?.to)).toContain("planner");
    selection.select("fb");
    run("walkDown");
    expect(selection.touchpoint).toBe("tvc");
    run("walkUp");
    expect(selection.touchpoint).toBe("fb");
    run("walkDownstream");
    expect(selection.touchpoint).toBe("experience");
    run("toDestination");
    expect(selection.touchpoint).toBe("planner");
  });

  test("Esc puts out the evidence first, then lets go", () => {
    run("nextGap");
    expect(selection.size).toBeGreaterThan(0);
    run("deselect");
    expect(selection.size).toBeGreaterThan(0);
    run("deselect");
    expect(selection.size).toBe(0);
    expect(actionById("addUpstream")?.enabled()).toBe(false);
  });

  test("next and previous gap go round", () => {
    const count = gaps.open.length;
    run("nextGap");
    const first = selection.touchpoint;
    for (let step = 0; step < count; step += 1) run("nextGap");
    expect(selection.touchpoint).toBe(first);
    run("nextGap");
    run("previousGap");
    expect(selection.touchpoint).toBe(first);
  });

  test("after a fix, next goes to the gap that took its place", async () => {
    evidence.focused = null;
    const [first, second, third] = gapList.walked;
    if (!first || !second || !third) throw new Error("the example has gaps");
    showGap(second);
    const fix = (await fixesOf(second.key)).find((one) => one.fillIn === null);
    if (!fix) throw new Error("the second gap has a fix");
    await applyFix(second, fix);
    run("nextGap");
    expect(evidence.focused).toBe(third.key);
    run("previousGap");
    expect(evidence.focused).toBe(first.key);
  });

  test("a fix closes its gap; a dismissal needs a reason and can be taken back", async () => {
    const [mended, other] = await mendable();
    if (!mended || !other) throw new Error("the example has gaps with fixes");
    const [first, second] = [mended.gap, other.gap];
    await applyFix(first, mended.fix);
    expect(gaps.byKey(first.key)).toBeUndefined();
    await dismissGap(second, "  ");
    expect(gaps.byKey(second.key)?.dismissed).toBeNull();
    await dismissGap(second, "brand only");
    expect(gaps.byKey(second.key)?.dismissed?.reason).toBe("brand only");
    const dismissed = gaps.byKey(second.key);
    if (dismissed) await reopenGap(dismissed);
    expect(gaps.byKey(second.key)?.dismissed).toBeNull();
  });

  test("a read-only project takes no edits", () => {
    session.readOnly = true;
    selection.select("fb");
    for (const id of ["delete", "addUpstream", "rename", "moveStageRight", "addDestination", "undo"]) {
      expect(actionById(id)?.enabled(), id).toBe(false);
    }
  });
});

test("the first destination answers the empty map's question and stands where people buy", async () => {
  await openMap(null);
  run("addDestination");
  expect(intentions.picker?.mode).toBe("destination");
  const asked = intentions.picker;
  if (!asked) throw new Error("the picker is asked for");
  await take(asked, { kind: "channel", channel: channel("web-shop") });
  const shop = project.touchpoint(idOf("Web shop"));
  expect([shop?.kind, shop?.rank, shop?.stage]).toEqual(["destination", "ultimate", "buy"]);
});

test("ids are made of a readable slug and six characters", () => {
  expect(freshId("Café & Bar – Größe")).toMatch(/^cafe-bar-gro-e-[a-z0-9]{6}$/);
  expect(freshId("日本")).toMatch(/^row-[a-z0-9]{6}$/);
  expect(freshId("a".repeat(80)).length).toBeLessThanOrEqual(31);
});

test("every action has its own id and says what it does", () => {
  expect(new Set(actions.map((action) => action.id)).size).toBe(actions.length);
  for (const action of actions) expect(action.label, action.id).toMatch(/^[A-Z]/);
});
