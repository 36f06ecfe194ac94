/** Links thicken with the people who take them, where numbers are known, and look as always where they are not. */
import { expect, test } from "vitest";
import { setField } from "../../src/actions/edit";
import { SceneSource } from "../../src/map/sceneSource";
import { flows } from "../../src/state/flows.svelte";
import { project } from "../../src/state/project.svelte";
import { flowWords } from "../../src/state/words";
import { openMap, revisionAfter } from "../harness";

test("a flow comes with its numbers, thickens by the root of its share, and goes with them", async () => {
  await openMap("escape-my-house");
  const source = new SceneSource();
  const first = source.next();
  expect(first.links.every(({ weight }) => weight === undefined)).toBe(true);

  const [one, other] = project.linkIds.map((id) => project.link(id)).filter((link) => link !== undefined);
  if (!one || !other) throw new Error("The map has links.");
  await revisionAfter(() => setField("touchpoint", one.from, "population", 10_000, "Set people"));
  expect(source.next().links).toEqual([]);
  await revisionAfter(() => setField("link", one.id, "rate", [0.04, 0.04, 0.04], "Set rate"));
  expect(flows.people(one.id)).toBe(400);
  expect(source.next().links.find(({ id }) => id === one.id)?.weight).toBe(1);

  await revisionAfter(() => setField("touchpoint", other.from, "population", 10_000, "Set people"));
  await revisionAfter(() => setField("link", other.id, "rate", [0.005, 0.01, 0.02], "Set rate"));
  expect(flows.weight(other.id)).toBe(0.5);
  source.next();

  await revisionAfter(() => setField("link", one.id, "rate", null, "Clear rate"));
  const after = source.next().links;
  expect(after.find(({ id }) => id === one.id)?.weight).toBeUndefined();
  expect(after.find(({ id }) => id === other.id)?.weight).toBe(1);
});

test.each([
  [0, "About 0 people take it"],
  [0.2, "Hardly anybody takes it"],
  [1.2, "About 1 person takes it"],
  [1234.4, "About 1,230 people take it"],
])("%d people are said as exactly as an estimate deserves", (people, words) => {
  expect(flowWords(people)).toBe(words);
});
