/** What becomes of touchpoints that are dropped in another lane. */
import { beforeEach, expect, test } from "vitest";
import { toLane } from "../../src/actions/toLane";
import { project } from "../../src/state/project.svelte";
import { session } from "../../src/state/session.svelte";
import { openMap } from "../harness";

beforeEach(() => openMap("escape-my-house").then(() => undefined));

const valuesOf = (...given: Parameters<typeof toLane>) =>
  toLane(...given).edits.map((edit) => (edit.op === "set" ? [edit.field, edit.value] : null));
const some = () => {
  const found = [...project.touchpoints.values()].find(({ channel }) => session.channel(channel) !== undefined);
  if (!found) throw new Error("no touchpoint with a channel");
  return { id: found.id, channel: session.channel(found.channel) };
};

test("an audience takes the place of the first; where it is served already it comes first", () => {
  const { id } = some();
  project.audiences = ["a", "b", "c"].map((one) => ({
    ...(project.audiences[0] as object),
    id: one,
    name: one,
  })) as never;
  const serving = (audiences: string[]) => {
    const row = project.touchpoint(id);
    if (row)
      project.patch({
        touchpoints: [{ ...row, audiences }],
        removedTouchpoints: [],
        links: [],
        removedLinks: [],
        order: null,
      });
  };
  serving(["a", "c"]);
  expect(valuesOf([id], "audience", "b")).toEqual([["audiences", ["b", "c"]]]);
  expect(valuesOf([id], "audience", "c")).toEqual([["audiences", ["c", "a"]]]);
  expect(valuesOf([id], "audience", null)).toEqual([["audiences", []]]);
  expect(valuesOf([id], "audience", "a")).toEqual([]);
});

test("what the channel says anyway is not said again; what only it says cannot be left open", () => {
  const { id, channel } = some();
  expect(valuesOf([id], "ownership", "customer")).toEqual([["ownership", "customer"]]);
  expect(valuesOf([id], "ownership", channel?.ownership ?? null)).toEqual([]);
  expect(toLane([id], "ownership", null).refusal).toContain(channel?.name);
  expect(valuesOf([id], "media", channel?.media[0] ?? null)).toEqual([]);
});

test("a channel group is the channel's: the lane says so", () => {
  expect(toLane([some().id], "channelGroup", "TV")).toMatchObject({
    edits: [],
    refusal: expect.stringContaining("channel"),
  });
});
