/** What the canvas is told of a change: what it touches, and nothing else. */
import { beforeEach, expect, test } from "vitest";
import { commitEdits, setEdit } from "../../src/actions/edit";
import { undo } from "../../src/actions/undo";
import type { SceneChange } from "../../src/map/scene";
import { SceneSource } from "../../src/map/sceneSource";
import { layout } from "../../src/state/layout.svelte";
import { project } from "../../src/state/project.svelte";
import { idOf, openMap, revisionAfter } from "../harness";

let source: SceneSource;
const cardIds = (change: SceneChange) => change.cards.map(({ id }) => id).sort();

beforeEach(async () => {
  await openMap("census-2020");
  source = new SceneSource();
});

test("first everything, then nothing until something changes", () => {
  const first = source.next();
  expect(first.fresh).toBe(true);
  expect(first.cards).toHaveLength(project.touchpointIds.length);
  expect(first.links).toHaveLength(project.linkIds.length);
  expect(source.next()).toEqual({
    fresh: false,
    cards: [],
    removedCards: [],
    links: [],
    removedLinks: [],
    columns: null,
    lanes: null,
  });
});

test("a renamed card is told alone", async () => {
  source.next();
  const id = idOf("Search");
  await revisionAfter(() => commitEdits([setEdit("touchpoint", id, "name", "Search engines")], "Rename"));
  const change = source.next();
  expect(cardIds(change)).toEqual([id]);
  expect([change.links, change.removedCards, change.columns]).toEqual([[], [], null]);
});

test("a touchpoint that goes takes its card and links with it, and comes back", async () => {
  source.next();
  const id = idOf("Search");
  const links = [...project.incoming(id), ...project.outgoing(id)].sort();
  await revisionAfter(() => commitEdits([{ op: "delete", entity: "touchpoint", id }], "Delete"));
  const gone = source.next();
  expect(gone.removedCards).toEqual([id]);
  expect([...gone.removedLinks].sort()).toEqual(links);
  await revisionAfter(() => undo.run());
  const back = source.next();
  expect(cardIds(back)).toContain(id);
  expect(back.links.map((link) => link.id).sort()).toEqual(links);
});

test("a card that goes in the step in which audiences change is gone as well", async () => {
  source.next();
  const id = project.touchpointIds.find((one) => project.outgoing(one).length === 0) ?? "";
  const audience = { op: "insert" as const, entity: "audience" as const, value: { name: "Newcomers" }, after: null };
  await revisionAfter(() => commitEdits([audience, { op: "delete", entity: "touchpoint", id }], "Change"));
  expect(source.next().removedCards).toEqual([id]);
});

test("what leads to a touchpoint is another kind of driver once people end up there", async () => {
  source.next();
  const search = idOf("Search");
  const driver = project.link(project.incoming(search)[0] ?? "")?.from ?? "";
  await commitEdits([setEdit("touchpoint", driver, "driver", null)], "Change");
  source.next();
  await revisionAfter(() => commitEdits([setEdit("touchpoint", search, "kind", "destination")], "Change"));
  const kinds = new Map(source.next().cards.map(({ id, kind }) => [id, kind]));
  expect(kinds.get(search)).toBe("ultimate");
  expect(kinds.get(driver)).toBe("direct");
});

test("another way of a link is told; none is straight", () => {
  source.next();
  const link = project.linkIds[0] ?? "";
  const nothing = { cards: [], removedTouchpoints: [], removedLinks: [], columns: null, lanes: null };
  layout.patch({ ...nothing, routes: [{ link, points: [[400, 90]] }] });
  expect(source.next().links.map(({ id, points }) => [id, points])).toEqual([[link, [[400, 90]]]]);
  layout.patch({ ...nothing, routes: [{ link, points: [] }] });
  expect(source.next().links.map(({ points }) => points)).toEqual([[]]);
});

test("another map is told as a new one", async () => {
  source.next();
  await openMap("agency-schematic");
  const change = source.next();
  expect(change.fresh).toBe(true);
  expect(change.cards).toHaveLength(project.touchpointIds.length);
});
