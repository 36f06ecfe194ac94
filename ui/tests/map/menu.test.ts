/** What the context menu offers for what it was opened on. */
import { beforeEach, expect, test } from "vitest";
import type { Hit } from "../../src/map/hitTest";
import { menuFor } from "../../src/map/menu";
import { gaps } from "../../src/state/gaps.svelte";
import { panes } from "../../src/state/panes.svelte";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { idOf, openMap } from "../harness";

const offered = (hit: Hit) => menuFor(hit, (id) => id).groups.flatMap((group) => group.map(({ id }) => id));

beforeEach(() => openMap("census-2020").then(() => undefined));

test("a card: what can be added to it and done with it", () => {
  const id = idOf("Search");
  selection.select(id);
  const ids = offered({ on: "card", id });
  expect(ids).toEqual(expect.arrayContaining(["addUpstream", "linkTo", "rename", "moveStageLeft", "delete"]));
});

test("a card with gaps leads to them", () => {
  const id = gaps.open.find((gap) => gap.touchpoints.length > 0)?.touchpoints[0] ?? "";
  selection.select(id);
  panes.tab = "inspector";
  const items = menuFor({ on: "badge", id }, (one) => one).groups.flat();
  items.find((item) => item.id === "gaps")?.run();
  expect(panes.tab).toBe("gaps");
});

test("several cards: only what can be done with all of them", () => {
  selection.selectMany([idOf("Search"), idOf("TV spots")]);
  expect(offered({ on: "card", id: idOf("Search") })).toEqual([
    "cut",
    "copy",
    "paste",
    "duplicate",
    "alignLeft",
    "alignTop",
    "alignDown",
    "moveStageLeft",
    "moveStageRight",
    "delete",
  ]);
});

test("a link can be looked at and deleted", () => {
  const id = project.linkIds[0] ?? "";
  selection.selectLink(id);
  expect(offered({ on: "link", id })).toEqual(["changeTarget", "changeStart", "showInspector", "delete"]);
});

test("the ground speaks about the map and the stage", () => {
  expect(offered({ on: "ground" })).toEqual(expect.arrayContaining(["addDestination", "renameStage", "selectAll"]));
});

test("a map that cannot be changed offers no changes", () => {
  session.readOnly = true;
  selection.select(idOf("Search"));
  const ids = offered({ on: "card", id: idOf("Search") });
  session.readOnly = false;
  expect(ids.filter((id) => id !== "gaps")).toEqual(["copy"]);
});
