/** Selecting by key: more than one, and links. */
import { beforeEach, expect, test } from "vitest";
import { run } from "../../src/actions";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { openMap } from "../harness";

beforeEach(() => openMap("escape-my-house").then(() => undefined));

const ends = () => {
  const link = selection.link === null ? undefined : project.link(selection.link);
  return link ? `${link.from} > ${link.to}` : null;
};

test("Shift and an arrow add what lies there, and go on from it", () => {
  selection.select("tvc");
  run("extendDown");
  expect([...selection.touchpoints]).toEqual(["tvc", "radio"]);
  expect(selection.touchpoint).toBe("radio");
  run("extendDownstream");
  expect([...selection.touchpoints]).toEqual(["tvc", "radio", "planner"]);
  run("extendUpstream");
  expect(selection.touchpoints.size).toBeGreaterThanOrEqual(3);
});

test("the links of a touchpoint are gone through in turn", () => {
  selection.select("experience");
  const seen = [];
  for (let press = 0; press < 4; press += 1) {
    run("selectLink");
    seen.push(ends());
  }
  expect(seen.slice(0, 3)).toEqual(["experience > planner", "fb > experience", "vr > experience"]);
  expect(seen[3]).toBe(seen[0]);
});

test("from a link the arrows lead to its ends, and to the link beside it", () => {
  selection.select("fb");
  run("selectLink");
  expect(ends()).toBe("fb > experience");
  run("walkDown");
  expect(ends()).toBe("vr > experience");
  run("walkUp");
  expect(ends()).toBe("fb > experience");
  run("walkDownstream");
  expect(selection.touchpoint).toBe("experience");
});

test("links alone have the first of them in hand", () => {
  selection.selectMany([], project.linkIds);
  expect(selection.link).toBe(project.linkIds[0]);
});
