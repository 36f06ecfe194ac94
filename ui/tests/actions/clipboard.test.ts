/** Copy, cut, paste: within a map, between windows, and as text that may be anything. */
import { beforeEach, expect, test, vi } from "vitest";
import { run } from "../../src/actions";
import { fragmentOf, readFragment } from "../../src/actions/fragment";
import { unusedNames } from "../../src/actions/pick";
import { type ImportView, ProblemError } from "../../src/ipc";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import { dialogs } from "../../src/state/dialogs.svelte";
import { intentions } from "../../src/state/intentions.svelte";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { toasts } from "../../src/state/toasts.svelte";
import { idOf, names, openMap, revisionAfter, settled } from "../harness";

let host: MemoryHost;

beforeEach(async () => {
  host = await openMap("escape-my-house");
  await host.writeClipboard("");
});

async function copied(...ids: string[]): Promise<string> {
  selection.selectMany(ids);
  run("copy");
  let text = "";
  await settled(() => {
    void host.readClipboard().then((now) => {
      text = now;
    });
    return text !== "";
  });
  return text;
}

const linkNames = () =>
  [...project.links.values()].map(({ from, to }) => [from, to].map((id) => project.touchpoint(id)?.name).join(" > "));

test("what is copied is text: the touchpoints, links between them, and what they name", async () => {
  const fragment = JSON.parse(await copied("fb", "experience", "vr"));
  expect(fragment).toMatchObject({ format: "backcast-fragment", version: 1 });
  expect(Object.keys(fragment)).toEqual([
    "format",
    "version",
    "stages",
    "audiences",
    "systems",
    "touchpoints",
    "links",
  ]);
  expect(fragment.touchpoints.map(({ id }: { id: string }) => id)).toEqual(["fb", "vr", "experience"]);
  expect(fragment.links.map(({ from, to }: { from: string; to: string }) => [from, to])).toEqual([
    ["fb", "experience"],
    ["vr", "experience"],
  ]);
  expect(fragment.stages.map(({ id }: { id: string }) => id)).toEqual(["discover", "explore"]);
  expect(JSON.stringify(fragment)).not.toContain("null");
});

test("pasting plants it under fresh ids and free names, in one step that one undo takes back", async () => {
  await copied("fb", "experience");
  const before = names();
  const apply = vi.spyOn(host, "applyEdits");
  await revisionAfter(() => run("paste"));
  expect(apply).toHaveBeenCalledTimes(1);
  expect(names()).toEqual([...before, "Facebook video 2", "360 degree experience site 2"]);
  expect(linkNames()).toContain("Facebook video 2 > 360 degree experience site 2");
  const original = project.touchpoint("fb");
  expect(project.touchpoint(idOf("Facebook video 2"))).toEqual({
    ...original,
    id: idOf("Facebook video 2"),
    name: "Facebook video 2",
    position: null,
  });
  expect([...selection.touchpoints]).toEqual([idOf("Facebook video 2"), idOf("360 degree experience site 2")]);
  await revisionAfter(() => run("undo"));
  expect(names()).toEqual(before);
});

test("rows of one name are numbered on, past numbers that are taken", () => {
  const next = unusedNames();
  expect(["Radio cut", "Radio cut 3", "Radio cut", "Radio cut", "New", "New"].map(next)).toEqual([
    "Radio cut 2",
    "Radio cut 3",
    "Radio cut 4",
    "Radio cut 5",
    "New",
    "New 2",
  ]);
});

test("the names of a large paste are found in one pass over the map", async () => {
  const values = vi.spyOn(project.touchpoints, "values");
  const touchpoints = Array.from({ length: 50 }, (_, at) => ({ id: `n${at}`, name: "Leaflet", kind: "driver" }));
  await host.writeClipboard(fragment({ touchpoints }));
  const apply = vi.spyOn(host, "applyEdits").mockResolvedValue(null as never);
  run("paste");
  await settled(() => apply.mock.calls.length > 0);
  expect(values).toHaveBeenCalledTimes(1);
  values.mockRestore();
});

test("between windows: stages and audiences are found by id, then by name; audiences come along", async () => {
  const text = await copied("fb", "reminder");
  const audience = project.audience(project.touchpoint("fb")?.audiences[0] ?? "")?.name;
  host = await openMap(null);
  await host.writeClipboard(text);
  await revisionAfter(() => run("paste"));
  expect(project.touchpoint(idOf("Facebook video"))?.stage).toBe("discover");
  // The other map has no such stage.
  expect(project.touchpoint(idOf("Reminder e-mail"))?.stage).toBeNull();
  expect(project.audiences.map(({ name }) => name)).toEqual([audience]);
  expect(project.touchpoint(idOf("Facebook video"))?.audiences).toEqual([project.audiences[0]?.id]);
  await revisionAfter(() => run("paste"));
  expect(project.audiences).toHaveLength(1);
});

test("with nothing selected, what was of one stage goes to the stage that stands in hand", async () => {
  await copied("fb", "radio");
  selection.clear();
  intentions.stage = "buy";
  await revisionAfter(() => run("paste"));
  expect(project.touchpoint(idOf("Radio cut 2"))?.stage).toBe("buy");
  intentions.stage = null;
});

test("a stage that is gone is in hand no more", async () => {
  await copied("fb", "radio");
  selection.clear();
  intentions.stage = "buy";
  await revisionAfter(() => host.applyEdits([{ op: "delete", entity: "stage", id: "buy" }], "Delete stage"));
  expect(intentions.stage).toBeNull();
  intentions.stage = "buy";
  await revisionAfter(() => run("paste"));
  expect(project.touchpoint(idOf("Radio cut 2"))?.stage).toBe(project.touchpoint("radio")?.stage);
  intentions.stage = null;
});

test("cutting copies and deletes in one step", async () => {
  selection.selectMany(["fb", "radio"]);
  await revisionAfter(() => run("cut"));
  expect(names()).not.toContain("Radio cut");
  expect(session.history.undo).toBe("Cut 2 touchpoints");
  await revisionAfter(() => run("paste"));
  expect(names()).toContain("Radio cut");
});

test("duplicating keeps the links within", async () => {
  selection.selectMany(["fb", "experience"]);
  await revisionAfter(() => run("duplicate"));
  expect(linkNames()).toContain("Facebook video 2 > 360 degree experience site 2");
  await revisionAfter(() => run("duplicate"));
  expect(names()).toContain("Facebook video 3");
});

test("a number that belongs to a name is kept", () => {
  const naming = unusedNames();
  expect(["Census 2020", "Census 2020", "Census 2020 2", "TV", "TV 2", "TV", "TV 2"].map(naming)).toEqual([
    "Census 2020",
    "Census 2020 2",
    "Census 2020 3",
    "TV",
    "TV 2",
    "TV 3",
    "TV 4",
  ]);
});

test("a stage of another framework stands for the one of the same moment", async () => {
  const touchpoints = [{ id: "a", name: "Kiosk", kind: "driver", stage: "purchase" }];
  const stages = [{ id: "purchase", name: "Purchase", moment: "buying" }];
  await host.writeClipboard(fragment({ stages, touchpoints }));
  await revisionAfter(() => run("paste"));
  expect(project.touchpoint(idOf("Kiosk"))?.stage).toBe("buy");
});

test("a whole map's text can be pasted", async () => {
  const map = {
    format: "backcast-map",
    version: 1,
    title: "Other",
    touchpoints: [{ id: "a", name: "Zeppelin", kind: "driver" }],
  };
  await host.writeClipboard(JSON.stringify(map));
  await revisionAfter(() => run("paste"));
  expect(names()).toContain("Zeppelin");
});

test("words around the text, as a chat has them, are passed over", async () => {
  const touchpoints = [{ id: "a", name: "Zeppelin", kind: "driver" }];
  await host.writeClipboard(`Here it is:\n\`\`\`json\n${fragment({ touchpoints })}\n\`\`\`\nAs you wished.`);
  await revisionAfter(() => run("paste"));
  expect(names()).toContain("Zeppelin");
});

const readAs = { touchpoints: 0, links: 0, problem: null } as ImportView;
const noColumns = { message: "No column holds the names.", remedy: "Say which one does." } as ImportView["problem"];

test.each([
  ["a sentence", "Dear diary", { ...readAs, problem: noColumns, tables: {} as never }, false],
  ["two lines", "Dear diary\nall is well", { ...readAs, problem: noColumns, tables: {} as never }, false],
  ["a table of other things", "colour,size\nred,4", { ...readAs, problem: noColumns, tables: {} as never }, true],
  ["nothing of any use", "{}", readAs, false],
  ["a table of touchpoints", "name\nTV", { ...readAs, touchpoints: 1 }, true],
])("%s is taken for an import only when it could be one", async (_, text, view, asks) => {
  await host.writeClipboard(text);
  vi.spyOn(host, "importText").mockResolvedValue(view);
  run("paste");
  await settled(() => dialogs.open !== null || toasts.list.length > 0);
  expect([dialogs.open?.kind, toasts.list.at(-1)?.text]).toEqual(
    asks ? ["import", undefined] : [undefined, "What is on the clipboard is no part of a map."],
  );
});

const fragment = (more: object) => JSON.stringify({ format: "backcast-fragment", version: 1, ...more });

test.each([
  ["nothing", "", /nothing on the clipboard/],
  ["a sentence", "Dear diary", /no part of a map/],
  ["a number", "42", /no part of a map/],
  ["null", "null", /no part of a map/],
  ["another program's JSON", '{"type":"excalidraw","elements":[]}', /no part of a map/],
  ["a newer Backcast", fragment({ version: 2, touchpoints: [{ id: "a", name: "A" }] }), /newer Backcast/],
  ["no touchpoints", fragment({ touchpoints: [] }), /no touchpoints/],
  ["rows that are no rows", fragment({ touchpoints: ["a", 3] }), /no id/],
  ["a list that is none", fragment({ touchpoints: { a: 1 } }), /not a list/],
  ["a touchpoint without a name", fragment({ touchpoints: [{ id: "a", name: " " }] }), /no name/],
  ["two of one id", fragment({ touchpoints: [1, 2].map(() => ({ id: "a", name: "A" })) }), /same id/],
  [
    "a link to nowhere",
    fragment({ touchpoints: [{ id: "a", name: "A" }], links: [{ from: "a", to: "b" }] }),
    /not there/,
  ],
  [
    "a key of the language",
    fragment({ touchpoints: [{ id: "__proto__", name: "A" }], links: [{ from: "x" }] }),
    /not there/,
  ],
  ["brackets without end", "[".repeat(200_000), /no part of a map/],
])("pasting %s is told and changes nothing", async (_, text, words) => {
  await host.writeClipboard(text);
  const apply = vi.spyOn(host, "applyEdits");
  run("paste");
  await settled(() => toasts.list.length > 0);
  expect(toasts.list[0]?.text).toMatch(words);
  expect(apply).not.toHaveBeenCalled();
});

test("what the program refuses is told, too, and changes nothing", async () => {
  await host.writeClipboard(fragment({ touchpoints: [{ id: "a", name: "A", stage: "nowhere" }] }));
  vi.spyOn(host, "applyEdits").mockRejectedValueOnce(
    new ProblemError({ code: "refused", message: "“budget” is no number.", place: null, remedy: "Correct it." }),
  );
  const before = names();
  run("paste");
  await settled(() => toasts.list.length > 0);
  expect(toasts.list[0]?.text).toContain("no number");
  expect(names()).toEqual(before);
});

test("text that was copied reads as what it was", () => {
  const { touchpoints, links } = readFragment(fragmentOf(new Set(["fb", "experience"])));
  expect(touchpoints.map(({ name }) => name)).toEqual(["Facebook video", "360 degree experience site"]);
  expect(links).toHaveLength(1);
});

test("while one types, the menu means the field", async () => {
  const field = document.createElement("input");
  document.body.append(field);
  field.value = "Book a visit";
  field.focus();
  field.setSelectionRange(0, 4);
  selection.select("fb");
  run("cut");
  await settled(() => field.value === " a visit");
  expect(await host.readClipboard()).toBe("Book");
  field.setSelectionRange(0, 0);
  run("paste");
  await settled(() => field.value === "Book a visit");
  expect(names()).toContain("Facebook video");
  field.remove();
});

test("while a date is set, the menu touches neither the map nor the date", async () => {
  const field = document.createElement("input");
  field.type = "date";
  document.body.append(field);
  field.focus();
  // As browsers have it: what is marked in a date is not told.
  Object.defineProperty(field, "selectionStart", { value: null });
  selection.select("fb");
  const [apply, read, write] = (["applyEdits", "readClipboard", "writeClipboard"] as const).map((name) =>
    vi.spyOn(host, name as never),
  );
  for (const id of ["copy", "cut", "paste"]) run(id);
  for (const action of ["delete", "selectAll"]) host.emit("menu", { action });
  await new Promise((go) => setTimeout(go, 0));
  for (const spy of [apply, read, write]) expect(spy).not.toHaveBeenCalled();
  field.remove();
});

test("cutting removes what was copied, whatever is selected by then", async () => {
  selection.select("fb");
  run("cut");
  selection.select("radio");
  await settled(() => !names().includes("Facebook video"));
  expect(names()).toContain("Radio cut");
});

test("while one types, the menu deletes and selects in the field, and whatever else does so, in the map", async () => {
  const field = document.createElement("input");
  document.body.append(field);
  field.value = "Book a visit";
  selection.select("fb");
  field.focus();
  field.setSelectionRange(0, 5);
  const { revision } = project;
  host.emit("menu", { action: "delete" });
  expect(field.value).toBe("a visit");
  host.emit("menu", { action: "selectAll" });
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 7]);
  expect([project.revision, selection.touchpoint]).toEqual([revision, "fb"]);
  await revisionAfter(() => run("delete"));
  expect([names().includes("Facebook video"), field.value]).toEqual([false, "a visit"]);
  field.remove();
});

test("a clipboard that refuses is told, and the field keeps its text", async () => {
  const field = document.createElement("input");
  document.body.append(field);
  field.value = "Book";
  field.focus();
  field.setSelectionRange(0, 4);
  vi.spyOn(host, "writeClipboard").mockRejectedValueOnce(
    new ProblemError({ code: "refused", message: "The clipboard is busy.", place: null, remedy: "Try again." }),
  );
  run("cut");
  await settled(() => toasts.list.length > 0);
  expect(toasts.list[0]?.text).toContain("busy");
  expect(field.value).toBe("Book");
  field.remove();
});
