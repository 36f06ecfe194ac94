/** What the list of recent maps says of where each one is. */
import { expect, test } from "vitest";
import type { RecentFile } from "../../src/ipc";
import { whereOf } from "../../src/start/whereOf";

const saved: RecentFile = {
  id: "file-1",
  title: "Plan",
  fileName: "plan.backcast",
  folder: "Campaigns",
  unsaved: null,
  unreadable: false,
  openedAt: "2026-11-20T09:30:00Z",
};

test.each<[Partial<RecentFile>, string]>([
  [{}, "Campaigns · plan.backcast"],
  [{ unsaved: 1 }, "plan.backcast is not there any more; 1 change kept on this computer"],
  [{ fileName: null, folder: null, unsaved: 2 }, "Kept on this computer, not in a file yet"],
  [{ fileName: null, folder: null, unsaved: 0, unreadable: true }, "Damaged; opening it says where it is kept"],
])("%o is %s", (recent, where) => {
  expect(whereOf({ ...saved, ...recent })).toBe(where);
});
