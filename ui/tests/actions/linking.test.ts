/** Links that are turned, and links that are made by a click while the picker asks. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { run } from "../../src/actions";
import { retarget, turnRefusal } from "../../src/actions/linking";
import { take } from "../../src/actions/pick";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import Picker from "../../src/picker/Picker.svelte";
import { type AimedLink, type Canvas, canvasDoor } from "../../src/state/canvas.svelte";
import { intentions } from "../../src/state/intentions.svelte";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { session } from "../../src/state/session.svelte";
import { openMap, revisionAfter, settled } from "../harness";

let host: MemoryHost;
let aimed: AimedLink | null = null;
/** What lies under the pointer on the map that stands in for a real one. */
let under: string | null = null;

const linkBetween = (from: string, to: string) =>
  project.linkIds.find((id) => project.link(id)?.from === from && project.link(id)?.to === to) ?? "";

beforeEach(async () => {
  host = await openMap("escape-my-house");
  const quiet = () => {};
  canvasDoor.current = {
    reveal: quiet,
    focus: quiet,
    screenRectangle: () => null,
    touchpointAt: () => under,
    aim: (link: AimedLink | null) => {
      aimed = link;
    },
  } as unknown as Canvas;
});

afterEach(() => {
  canvasDoor.current = null;
  intentions.picker = null;
  under = null;
});

test("an end of a link is put on another touchpoint in one step, and one undo takes it back", async () => {
  const link = linkBetween("fb", "experience");
  const cta = project.link(link)?.cta;
  const apply = vi.spyOn(host, "applyEdits");
  await retarget(link, "to", "planner");
  expect(apply).toHaveBeenCalledTimes(1);
  expect(project.link(link)).toMatchObject({ from: "fb", to: "planner", cta });
  expect(project.incoming("planner")).toContain(link);
  expect(selection.link).toBe(link);
  await revisionAfter(() => run("undo"));
  expect(project.link(link)?.to).toBe("experience");
});

test("what may not be: to itself, or where a link leads already; to leave it as it is may be", async () => {
  const link = linkBetween("fb", "experience");
  expect(turnRefusal(link, "fb", "experience")).toBeNull();
  expect(turnRefusal(link, "fb", "fb")).toMatch(/itself/);
  const other = project.link(project.linkIds.find((id) => id !== link) ?? "");
  expect(turnRefusal(link, other?.from ?? "", other?.to ?? "")).toMatch(/already/);
  const apply = vi.spyOn(host, "applyEdits");
  await retarget(link, "to", "fb");
  expect(apply).not.toHaveBeenCalled();
});

test.each([
  ["changeTarget", "downstream", "fb", { to: "vr" }],
  ["changeStart", "upstream", "experience", { from: "reminder" }],
] as const)("%s asks with the picker", async (action, direction, anchor, turned) => {
  const link = linkBetween("fb", "experience");
  selection.selectLink(link);
  run(action);
  const request = intentions.picker;
  expect(request).toMatchObject({ mode: "link", link, direction, anchor });
  if (request) await take(request, { kind: "existing", id: Object.values(turned)[0] ?? "" });
  expect(project.link(link)).toMatchObject(turned);
});

test("a map that is only read turns nothing", () => {
  selection.selectLink(linkBetween("fb", "experience"));
  session.readOnly = true;
  expect(run("changeTarget")).toBe(false);
  session.readOnly = false;
});

test("while the picker asks where to link, a click on a card links to it", async () => {
  selection.select("fb");
  run("linkTo");
  const { container } = render(Picker, { request: intentions.picker as NonNullable<typeof intentions.picker> });
  const ground = container.querySelector(".beside") as HTMLElement;
  under = "vr";
  await fireEvent.pointerMove(ground);
  expect(aimed).toMatchObject({ card: "fb", side: "right", over: "vr", refusal: null });
  await fireEvent.pointerDown(ground);
  await settled(() => linkBetween("fb", "vr") !== "");
  expect(intentions.picker).toBeNull();
});

test("a card that may not be linked is told, and the picker stays", async () => {
  selection.select("fb");
  run("linkTo");
  const { container } = render(Picker, { request: intentions.picker as NonNullable<typeof intentions.picker> });
  const ground = container.querySelector(".beside") as HTMLElement;
  under = "experience";
  await fireEvent.pointerDown(ground);
  expect(aimed?.refusal).toMatch(/already/);
  expect(intentions.picker).not.toBeNull();
  under = null;
  await fireEvent.pointerDown(ground);
  expect(intentions.picker).toBeNull();
  expect(screen.queryByRole("alert")).toBeNull();
});
