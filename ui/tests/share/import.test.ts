import { beforeEach, expect, test } from "vitest";
import { importFrom, openImport, takeImport } from "../../src/actions/import";
import { dialogs } from "../../src/state/dialogs.svelte";
import { project } from "../../src/state/project.svelte";
import { toasts } from "../../src/state/toasts.svelte";
import { openMap } from "../harness";

beforeEach(async () => {
  await openMap("agency-schematic");
});

test("what was read is looked at first, then taken in as one step that can be undone", async () => {
  const before = project.touchpoints.size;
  await importFrom.run();
  const open = dialogs.open;
  if (open?.kind !== "import") throw new Error("the import is shown");
  expect(project.touchpoints.size).toBe(before);
  await takeImport(open.view);
  expect(dialogs.open).toBeNull();
  expect(project.touchpoints.size).toBe(before + 1);
  toasts.list.at(-1)?.action?.run();
  await expect.poll(() => project.touchpoints.size).toBe(before);
});

test("it can become a map of its own", async () => {
  await importFrom.run();
  if (dialogs.open?.kind === "import") await openImport(dialogs.open.view);
  expect(project.map.title).toBe("Media plan");
  expect(dialogs.open).toBeNull();
});
