/** What the interface waits for: said after half a second, with a way out after two, and only while one waits. */
import { cleanup, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { attempt } from "../../src/actions/edit";
import { host, ProblemError, setHost } from "../../src/ipc";
import { MemoryHost } from "../../src/ipc/memoryHost";
import BusySign from "../../src/shell/BusySign.svelte";
import { announcer } from "../../src/state/announcer.svelte";
import { toasts } from "../../src/state/toasts.svelte";

let answer: (value: never) => void;
let refuse: (why: Error) => void;
let focused = true;

/** A host that takes as long as the test wants. */
class SlowHost extends MemoryHost {
  override compare(): Promise<never> {
    return this.#later();
  }
  override mergeWith(): Promise<never> {
    return this.#later();
  }
  #later(): Promise<never> {
    return new Promise((resolve, reject) => {
      [answer, refuse] = [resolve, reject];
    });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  focused = true;
  toasts.list = [];
  vi.spyOn(document, "hasFocus").mockImplementation(() => focused);
  setHost(new SlowHost());
  render(BusySign);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await tick();
}

const now = { kind: "now" } as const;
const sign = () => document.querySelector("[data-busy]")?.textContent ?? "";

test("a short wait is not said, a longer one is, and a long one can be let go of", async () => {
  const asked = attempt(() => host().compare(now, now));
  await pass(300);
  expect(sign()).toBe("");
  await pass(500);
  expect(sign()).toContain("Comparing");
  expect(announcer.text).toContain("Comparing");
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  await pass(1500);
  expect(screen.getByRole("progressbar", { name: "Comparing" })).toBeTruthy();
  screen.getByRole("button", { name: "Cancel" }).click();
  expect(await asked).toBeNull();
  await pass(300);
  expect(sign()).toBe("");
  expect(toasts.list).toEqual([]);
});

test("what changes the project cannot be let go of, and its refusal is told as ever", async () => {
  const asked = attempt(() => host().mergeWith(now));
  await pass(2600);
  expect(sign()).toContain("Merging");
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  refuse(new ProblemError({ code: "refused", message: "It is another project.", place: null, remedy: "" }));
  expect(await asked).toBeNull();
  await pass(300);
  expect(sign()).toBe("");
  expect(toasts.list).toHaveLength(1);
});

test("while a dialog of the system is up nothing is waited for", async () => {
  const asked = attempt(() => host().compare(now, now));
  focused = false;
  await pass(5000);
  expect(sign()).toBe("");
  focused = true;
  await pass(800);
  expect(sign()).toContain("Comparing");
  answer(undefined as never);
  await asked;
  await pass(300);
  expect(sign()).toBe("");
});
