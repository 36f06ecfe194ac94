/** How events become state, and that what is stale changes nothing. */
import { beforeEach, expect, test } from "vitest";
import type { ChangedEvent, GapsEvent, GapView } from "../../src/ipc";
import { announcer } from "../../src/state/announcer.svelte";
import { gaps } from "../../src/state/gaps.svelte";
import { layout } from "../../src/state/layout.svelte";
import { project } from "../../src/state/project.svelte";
import { receiveChanged, receiveGaps, receiveStatus } from "../../src/state/receive";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { idOf, names, openMap } from "../harness";

function changed(given: Partial<ChangedEvent>): ChangedEvent {
  return {
    revision: project.revision + 1,
    map: null,
    stages: null,
    audiences: null,
    systems: null,
    dismissals: null,
    touchpoints: [],
    removedTouchpoints: [],
    links: [],
    removedLinks: [],
    order: null,
    cards: [],
    routes: [],
    flows: null,
    columns: null,
    lanes: null,
    history: { undo: "Add TV", redo: null },
    ...given,
  };
}

function gap(key: string, severity: GapView["severity"] = "high"): GapView {
  return {
    key,
    rule: "dead-end",
    ruleName: "Dead end",
    severity,
    stages: [],
    noStage: false,
    touchpoints: [],
    links: [],
    evidence: { kind: "none" },
    message: "",
    dismissed: null,
  };
}

function gapsEvent(given: Partial<GapsEvent>): GapsEvent {
  return { revision: gaps.revision, added: [], removed: [], notAssessed: [], stages: [], ...given };
}

beforeEach(() => openMap("census-2020").then(() => undefined));

test("a changed touchpoint is replaced in place, the order stays", () => {
  const before = names();
  const search = project.touchpoint("search");
  if (!search) throw new Error("the example has a search");
  receiveChanged(changed({ touchpoints: [{ ...search, name: "Search engines" }] }));
  expect(names()).toEqual(before.map((name) => (name === "Search" ? "Search engines" : name)));
  expect(session.history.undo).toBe("Add TV");
});

test("a new touchpoint comes last, a removed one leaves with its card and the selection", () => {
  selection.selectMany(["search", "online"]);
  const search = project.touchpoint("search");
  if (!search) throw new Error("the example has a search");
  const links = [...project.incoming("search"), ...project.outgoing("search")];
  receiveChanged(
    changed({
      touchpoints: [{ ...search, id: "new", name: "New" }],
      removedTouchpoints: ["search"],
      removedLinks: links,
    }),
  );
  expect(project.touchpointIds.at(-1)).toBe("new");
  expect(project.touchpointIds).not.toContain("search");
  expect(project.outgoing("tvspots")).toEqual([]);
  expect(layout.card("search")).toBeUndefined();
  expect([...selection.touchpoints]).toEqual(["online"]);
  expect(selection.touchpoint).toBe("online");
});

test("a given order is taken as it is", () => {
  const turned = [...project.touchpointIds].reverse();
  receiveChanged(changed({ order: turned }));
  expect(project.touchpointIds).toEqual(turned);
});

test("links are found from both ends after a change", () => {
  const link = project.link(project.outgoing("search")[0] ?? "");
  if (!link) throw new Error("the search leads on");
  receiveChanged(changed({ links: [{ ...link, to: "phone" }] }));
  expect(project.incoming("phone")).toContain(link.id);
  expect(project.incoming("online")).not.toContain(link.id);
});

test("a change of an older revision changes nothing", () => {
  const before = project.version;
  const taken = receiveChanged(changed({ revision: project.revision, removedTouchpoints: ["search"] }));
  expect(taken).toBe(false);
  expect(project.version).toBe(before);
  expect(project.touchpoint("search")).toBeDefined();
});

test("gaps join and leave by key; the counts follow", () => {
  const before = gaps.open.length;
  const first = gaps.open[0]?.key ?? "";
  receiveGaps(gapsEvent({ added: [gap("a"), gap("b", "low")], removed: [first] }));
  expect(gaps.open.length).toBe(before + 1);
  expect(gaps.byKey(first)).toBeUndefined();
  expect(gaps.counts.low).toBeGreaterThan(0);
  expect(announcer.text.trim()).toBe(`${before + 1} gaps open, 2 new, 1 closed`);
});

test("gaps of an older revision are not taken", () => {
  const before = gaps.version;
  expect(receiveGaps(gapsEvent({ revision: gaps.revision - 1, added: [gap("late")] }))).toBe(false);
  expect(gaps.byKey("late")).toBeUndefined();
  expect(gaps.version).toBe(before);
});

test("a dismissed gap is kept, but not among the open ones", () => {
  const dismissed = { ...gap("d"), touchpoints: ["online"], dismissed: { reason: "on purpose", by: null, at: null } };
  receiveGaps(gapsEvent({ added: [dismissed] }));
  expect(gaps.dismissed.map((one) => one.key)).toContain("d");
  expect(gaps.byTouchpoint("online").map((one) => one.key)).not.toContain("d");
});

test("open gaps are sorted worst first", () => {
  receiveGaps(gapsEvent({ added: [gap("l", "low"), gap("h", "high"), gap("m", "medium")] }));
  const ranks = gaps.open.map((one) => ["high", "medium", "low"].indexOf(one.severity));
  expect(ranks).toEqual([...ranks].sort());
});

test("a gap that comes back stands where it stood, in the program's order", () => {
  const before = gaps.open.map((one) => one.key);
  const gone = gaps.open.filter((_, at) => at % 2 === 0);
  const { stages } = gaps;
  receiveGaps(gapsEvent({ removed: gone.map((one) => one.key), stages: [...stages] }));
  receiveGaps(gapsEvent({ added: [...gone].reverse(), stages: [...stages] }));
  expect(gaps.open.map((one) => one.key)).toEqual(before);
  const places = gaps.open.map(({ severity, stages: [first] }) => {
    const place = stages.findIndex(({ stage }) => stage === first);
    return ["high", "medium", "low"].indexOf(severity) * 100 + (place < 0 ? 99 : place);
  });
  expect(places).toEqual([...places].sort((one, other) => one - other));
});

test("another project takes everything with it", async () => {
  selection.select(idOf("Search"));
  const openings = project.openings;
  await openMap("agency-schematic");
  expect(project.map.title).toBe("Path-to-purchase schematic");
  expect(selection.size).toBe(0);
  expect(project.touchpoint("mail1")).toBeUndefined();
  expect(project.openings).toBe(openings + 1);
});

test("the status says which file it is", () => {
  receiveStatus({ status: { state: "failed", detail: "The disk is full." }, fileName: "a.backcast", folder: "Maps" });
  expect([session.status.state, session.fileName, session.folder]).toEqual(["failed", "a.backcast", "Maps"]);
});
