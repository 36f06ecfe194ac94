/** What comes over the wire in parts reaches the interface whole, and in order. */
import { beforeEach, expect, test, vi } from "vitest";
import type * as wire from "../../src/ipc/bindings";
import { tauriHost } from "../../src/ipc/tauriHost";

type Listener = (event: { payload: unknown }) => void;
const { commands, listeners } = vi.hoisted(() => ({
  commands: { start: vi.fn(), openRecent: vi.fn(), layout: vi.fn(), lookAs: vi.fn() },
  listeners: new Map<string, (event: { payload: unknown }) => void>(),
}));

vi.mock("../../src/ipc/bindings", () => ({
  commands,
  events: new Proxy(
    {},
    {
      get: (_, name: string) => (window: { label: string }) => ({
        listen: async (listener: Listener) => {
          if (window.label !== "this one") throw new Error("that is heard by every window");
          listeners.set(name, listener);
          return () => listeners.delete(name);
        },
      }),
    },
  ),
}));

vi.mock("@tauri-apps/api/webviewWindow", () => ({ getCurrentWebviewWindow: () => ({ label: "this one" }) }));

const layout = { cards: [], routes: [] };
const project = (revision: number, given: Partial<wire.ProjectView> = {}) => ({
  id: "plan",
  revision,
  layout: null,
  touchpoints: [{ id: "a", name: "A", kind: "driver" }],
  links: [{ id: "l", from: "a", to: "a" }],
  report: { revision, gaps: [{ key: "k", rule: "r", ruleName: "R", severity: "high", message: "M" }] },
  ...given,
});
const ok = <T>(data: T) => ({ status: "ok" as const, data });

beforeEach(() => {
  for (const command of Object.values(commands)) command.mockReset();
});

test.each(["changed", "gaps", "opened", "menu", "status", "problem", "takenIn", "company"] as const)(
  "of %s only what is told to this window is heard",
  async (name) => {
    const stop = tauriHost.on(name, () => undefined);
    await vi.waitFor(() => expect(listeners.has(`${name}Event`)).toBe(true));
    stop();
  },
);

test("rows and gaps have all of their fields, and the layout that came after them", async () => {
  commands.openRecent.mockResolvedValue(ok(project(3)));
  commands.layout.mockResolvedValue(ok({ project: "plan", revision: 3, layout }));
  const view = await tauriHost.openRecent("one");
  expect(view.layout).toBe(layout);
  expect(view.touchpoints[0]).toMatchObject({ name: "A", stage: null, position: null, audiences: [] });
  expect(view.links[0]).toMatchObject({ cta: null, notes: null });
  const bare = { stages: [], noStage: false, touchpoints: [], links: [], evidence: { kind: "none" }, dismissed: null };
  expect(view.report.gaps[0]).toMatchObject({ key: "k", severity: "high", ...bare });
});

test("gaps that an edit opens have all of their fields", async () => {
  const heard = vi.fn();
  tauriHost.on("gaps", heard);
  await vi.waitFor(() => expect(listeners.has("gapsEvent")).toBe(true));
  listeners.get("gapsEvent")?.({ payload: { revision: 2, added: [{ key: "k", links: ["l"] }], removed: [] } });
  expect(heard.mock.calls[0]?.[0].added[0]).toMatchObject({ links: ["l"], touchpoints: [], dismissed: null });
});

test.each([
  ["what changed between the two parts", { project: "plan", revision: 4 }],
  ["another project that is shown by then", { project: "other", revision: 3 }],
])("%s is asked for again", async (_, second) => {
  commands.openRecent.mockResolvedValue(ok(project(3)));
  commands.layout.mockResolvedValue(ok({ ...second, layout }));
  commands.lookAs.mockResolvedValue(ok(project(second.revision, { id: second.project, layout: layout as never })));
  const view = await tauriHost.openRecent("one");
  expect([view.id, view.revision]).toEqual([second.project, second.revision]);
});

test("what is told while a project is here in part is told once it has been taken", async () => {
  const told: string[] = [];
  tauriHost.on("notice", ({ message }) => told.push(message));
  let answer = (_: unknown) => {};
  commands.openRecent.mockResolvedValue(ok(project(3)));
  commands.layout.mockReturnValue(new Promise((done) => (answer = done)));
  const opened = tauriHost.openRecent("one").then(() => told.push("opened"));
  await vi.waitFor(() => expect(commands.layout).toHaveBeenCalled());
  listeners.get("noticeEvent")?.({ payload: { message: "news" } });
  answer(ok({ project: "plan", revision: 3, layout }));
  await opened;
  await vi.waitFor(() => expect(told).toEqual(["opened", "news"]));
  listeners.get("noticeEvent")?.({ payload: { message: "more" } });
  expect(told).toEqual(["opened", "news", "more"]);
});

const refusal: wire.Problem = { code: "refused", message: "It failed.", place: null, remedy: "Try again." };
const refused = { status: "error" as const, error: refusal };

const earlier: wire.Problem = { ...refusal, message: "The file was moved." };
test.each([
  ["says why", "refused" as const, null, refusal],
  ["says what there was to say before", "refused" as const, earlier, earlier],
  ["says nothing when the project is gone", "stale" as const, null, null],
])("a start whose project cannot be shown has all else, and %s", async (_, code, problem, said) => {
  commands.start.mockResolvedValue(ok({ version: "1", recent: [], problem, project: project(3) }));
  commands.layout.mockResolvedValue({ ...refused, error: { ...refusal, code } });
  expect(await tauriHost.start()).toEqual({ version: "1", recent: [], problem: said, project: null });
});

test.each([
  ["is said where nobody waits for it", "refused" as const, [refusal]],
  ["is not said when the project is gone", "stale" as const, []],
])("what is refused of a project that was opened from outside %s", async (_, code, said) => {
  const heard: wire.Problem[] = [];
  const stops = [tauriHost.on("problem", ({ problem }) => heard.push(problem)), tauriHost.on("opened", () => {})];
  commands.layout.mockResolvedValue({ ...refused, error: { ...refusal, code } });
  listeners.get("openedEvent")?.({ payload: { project: project(3) } });
  await vi.waitFor(() => expect(commands.layout).toHaveBeenCalled());
  await Promise.resolve();
  await vi.waitFor(() => expect(heard).toEqual(said));
  for (const stop of stops) stop();
});
