/** Drawing backward from the end: destinations first, then ready slots that the map itself asks to be filled. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { run } from "../../src/actions";
import { addDestinationIn } from "../../src/actions/addDestinations";
import { setField } from "../../src/actions/edit";
import { fillSlot } from "../../src/actions/takeSlot";
import Outline from "../../src/outline/Outline.svelte";
import EmptyMap from "../../src/start/EmptyMap.svelte";
import { announcer } from "../../src/state/announcer.svelte";
import { evidence } from "../../src/state/evidence.svelte";
import { intentions } from "../../src/state/intentions.svelte";
import { layout } from "../../src/state/layout.svelte";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { slotPlaces } from "../../src/state/slotPlaces";
import { slots } from "../../src/state/slots.svelte";
import { destinationChannels } from "../../src/state/usual";
import { idOf, names, openMap, revisionAfter, settled } from "../harness";
import WithTooltips from "../WithTooltips.svelte";

function channel(id: string) {
  const found = session.channel(id);
  if (!found) throw new Error(`no channel ${id}`);
  return found;
}

const offered = () => slots.list.map((slot) => slot.channel?.name ?? slot.question);

beforeEach(async () => {
  await openMap(null);
  slots.show(true);
});

describe("destinations", () => {
  test("are suggested from the catalogue: the brand's own places and those who sell for it", () => {
    const suggested = destinationChannels();
    expect(suggested.slice(0, 7).map(({ name }) => name)).toContain("Store");
    expect(suggested.map(({ id }) => id)).toEqual(expect.arrayContaining(["web-shop", "marketplace", "point-of-sale"]));
    for (const { id, ownership } of suggested) expect(["brand", "partner"], id).toContain(ownership);
    expect(suggested.map(({ id }) => id)).not.toContain("receipt");
  });

  test("several, ultimate or intermediate, each on the map at once", async () => {
    render(WithTooltips, { shown: EmptyMap as never });
    await fireEvent.click(screen.getByRole("button", { name: "Web shop" }));
    await settled(() => project.touchpointIds.length === 1);
    flushSync();
    await fireEvent.click(screen.getByRole("radio", { name: "They pass on from here" }));
    await fireEvent.click(screen.getByRole("button", { name: "Landing page" }));
    await settled(() => project.touchpointIds.length === 2);
    expect(project.touchpoint(idOf("Web shop"))).toMatchObject({ kind: "destination", rank: "ultimate" });
    expect(project.touchpoint(idOf("Landing page"))).toMatchObject({ kind: "destination", rank: "intermediate" });
    flushSync();
    expect(screen.queryByRole("button", { name: "Landing page" })).toBeNull();
  });
});

test("a question that was left can be taken up again", async () => {
  const onreturn = vi.fn();
  render(WithTooltips, { shown: EmptyMap as never, given: { left: true, onreturn } });
  await fireEvent.click(screen.getByRole("button", { name: "Where should people end up?" }));
  expect(onreturn).toHaveBeenCalledOnce();
  expect(screen.queryByRole("button", { name: "Web shop" })).toBeNull();
});

test("where else is asked with the keyboard on the first answer", async () => {
  await addDestinationIn(channel("store"), "ultimate");
  const given = { left: true, onreturn: () => void view.rerender({ given: { ...given, left: false } }) };
  const view = render(WithTooltips, { shown: EmptyMap as never, given });
  await fireEvent.click(screen.getByRole("button", { name: "Where else should people end up?" }));
  const [answer] = screen.getByRole("region", { name: "Where else should people end up?" }).querySelectorAll("button");
  await vi.waitFor(() => expect(document.activeElement).toBe(answer));
});

describe("slots", () => {
  beforeEach(async () => {
    await addDestinationIn(channel("web-shop"), "ultimate");
  });

  test("offer usual channels behind the selection, in the stage before, each medium once", () => {
    expect(slots.list).toHaveLength(3);
    expect(new Set(slots.list.map((slot) => slot.channel?.media[0])).size).toBe(3);
    const column = layout.column("explore");
    for (const slot of slots.list) {
      expect(slot).toMatchObject({ anchor: idOf("Web shop"), question: "What brings people here?" });
      expect(slot.x).toBeGreaterThanOrEqual(column?.x ?? 0);
      expect(slot.channel?.moments).toContain("considering");
    }
  });

  test("filling one adds and links in one step and keeps the selection; the rest stays ready", async () => {
    const [slot, second] = slots.list;
    if (!slot) throw new Error("a slot is ready");
    await revisionAfter(() => fillSlot(slot));
    const added = idOf(slot.channel?.name ?? "");
    expect(project.outgoing(added).map((link) => project.link(link)?.to)).toEqual([slot.anchor]);
    expect(selection.touchpoint).toBe(slot.anchor);
    expect(offered()).toContain(second?.channel?.name);
    expect(slots.of(slot.anchor)).toHaveLength(2);
    await revisionAfter(() => run("undo"));
    expect(names()).toEqual(["Web shop"]);
  });

  const setMoment = (stage: string, moment: string) =>
    revisionAfter(() => setField("stage", stage, "moment", moment, "Change the moment"));

  test("where a later moment stands before the purchase, what brings people there happens before both", async () => {
    await setMoment("explore", "advocating");
    const column = layout.column("discover");
    expect(slots.list).toHaveLength(3);
    for (const { x } of slots.list) expect(x).toBeLessThan((column?.x ?? 0) + (column?.width ?? 0));
  });

  test("where no channel is usual, the slot asks what a person chooses", async () => {
    await setMoment("explore", "unaware");
    expect(offered()).toEqual(["What brings people here?"]);
    run("nextSlot");
    expect(announcer.text).toBe("What brings people here? Enter lets you choose.");
    run("takeSlot");
    expect(intentions.picker).toMatchObject({ anchor: idOf("Web shop"), direction: "upstream", mode: "add" });
    intentions.picker = null;
  });

  test("two presses in a row fill one slot", async () => {
    const [slot] = slots.list;
    if (!slot) throw new Error("a slot is ready");
    expect(await Promise.all([fillSlot(slot), fillSlot(slot)])).toEqual([true, false]);
    await settled(() => project.linkIds.length > 0);
    expect(project.linkIds).toHaveLength(1);
    const [next] = slots.list;
    if (next) expect(await fillSlot(next)).toBe(true);
  });

  test("the keyboard goes to a slot and fills it, and on to what asks next", async () => {
    expect(run("takeSlot")).toBe(false);
    expect(run("nextSlot")).toBe(true);
    for (const count of [1, 2, 3]) {
      expect(slots.current, `slot ${count}`).toBeDefined();
      await revisionAfter(() => run("takeSlot"));
      await settled(() => slots.current !== undefined || slots.list.length === 0);
    }
    expect(project.linkIds).toHaveLength(3);
    // The destination has enough; a driver that people do not meet unasked asks in its turn.
    expect(selection.touchpoint).not.toBe(idOf("Web shop"));
    expect(slots.current?.question).toBe("What makes people look?");
  });

  test("the arrows lead to the slots and back; Esc leaves them", () => {
    run("walkUpstream");
    const first = slots.current;
    expect(first).toBeDefined();
    run("walkDown");
    expect(slots.current?.id).not.toBe(first?.id);
    run("walkDownstream");
    expect(slots.current).toBeUndefined();
    run("walkUpstream");
    run("deselect");
    expect(slots.current).toBeUndefined();
    expect(selection.touchpoint).not.toBeNull();
  });

  test("while evidence is lit no key reaches them", () => {
    run("nextSlot");
    const at = slots.current?.id;
    evidence.pointed = { touchpoints: new Set([idOf("Web shop")]), links: new Set(), stages: new Set() };
    expect(slots.current).toBeUndefined();
    expect([run("takeSlot"), run("nextSlot")]).toEqual([false, false]);
    run("walkUpstream");
    evidence.pointed = null;
    expect(slots.current?.id).toBe(at);
  });

  test("what is met unasked asks nothing; what nothing leads to asks once, without being selected", async () => {
    selection.clear();
    expect(offered()).toEqual(["What brings people here?"]);
    const [slot] = slots.list;
    if (slot) await fillSlot(slot);
    expect(selection.touchpoint).toBe(idOf("Web shop"));
    expect(slots.list.every((one) => one.channel !== null)).toBe(true);
  });

  test("they stand clear of cards and of each other", () => {
    const taken = [{ x: 0, y: 0, width: 200, height: 64 }];
    const places = slotPlaces(0, 200, 32, 3, taken);
    const boxes = [...taken, ...places.map((place) => ({ ...place, width: 200, height: 40 }))];
    for (const [at, one] of boxes.entries())
      for (const other of boxes.slice(at + 1))
        expect(one.y + one.height <= other.y || other.y + other.height <= one.y).toBe(true);
  });

  test("they can be put away and brought back, and a map that is only read has none", () => {
    run("toggleSlots");
    expect(slots.list).toEqual([]);
    expect(localStorage.getItem("backcast.ready-slots")).toBe("hidden");
    run("toggleSlots");
    expect(slots.list.length).toBeGreaterThan(0);
    session.readOnly = true;
    expect(slots.list).toEqual([]);
    session.readOnly = false;
  });

  test("the outline lists them below what asks, and fills them", async () => {
    render(Outline);
    const rows = screen.getAllByRole("treeitem").filter((row) => row.getAttribute("aria-level") === "3");
    expect(rows.map((row) => row.getAttribute("aria-label"))).toEqual(
      slots.list.map((slot) => `What brings people here? Add ${slot.channel?.name}`),
    );
    const wanted = slots.list[1]?.channel?.name ?? "";
    await revisionAfter(() => fireEvent.keyDown(rows[1] as Element, { key: "Enter" }));
    expect(names()).toContain(wanted);
  });
});

test("on a finished map only the selection asks", async () => {
  await openMap("escape-my-house");
  selection.select("tvc");
  expect(slots.of("tvc")).toEqual([]);
});

test.each(["census-2020", "thought-leadership-loop", "escape-my-house"])(
  "on %s no slot covers the question over others",
  async (map) => {
    await openMap(map);
    let groups = 0;
    for (const id of project.touchpointIds) {
      selection.select(id);
      const offers = slots.of(id).filter(({ channel }) => channel !== null);
      const top = Math.min(...offers.map(({ y }) => y));
      if (offers.length === 0) continue;
      groups += 1;
      const { x, width } = offers[0] ?? { x: 0, width: 0 };
      const over = slots.list.filter((slot) => slot.x < x + width && slot.x + slot.width > x && slot.y < top);
      for (const slot of over) expect(slot.y + slot.height).toBeLessThanOrEqual(top - 24);
    }
    expect(groups).toBeGreaterThan(0);
  },
);
