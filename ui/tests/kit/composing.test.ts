/** Enter and Escape belong to the input method while it composes a character: no field takes them. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import type { Component } from "svelte";
import { expect, test, vi } from "vitest";
import ReasonField from "../../src/gaps/ReasonField.svelte";
import { isComposing } from "../../src/kit/composing";
import RateField from "../../src/kit/RateField.svelte";
import TextField from "../../src/kit/TextField.svelte";
import StageNameField from "../../src/outline/StageNameField.svelte";

const shared = { label: "Field", subject: "one", onkeep: () => {} };

test.each([
  ["a text", TextField, { value: "Old" }, "oncommit", "東京"],
  ["a wrapping text", TextField, { value: "Old", wraps: true }, "oncommit", "東京"],
  ["a rate", RateField, { value: null }, "oncommit", "2"],
  ["a reason", ReasonField, { oncancel: () => {} }, "onkeep", "東京"],
  ["the name of a stage", StageNameField, { name: "Old", oncancel: () => {} }, "oncommit", "東京"],
] as const)("%s", async (_, field, more, taker, value) => {
  const [taken, cancelled] = [vi.fn(), vi.fn()];
  const given = { ...shared, ...more, oncancel: cancelled, [taker]: taken };
  render(field as unknown as Component<Record<string, unknown>>, given);
  const input = (screen.queryByLabelText("Likely") ?? screen.getByRole("textbox")) as HTMLInputElement;
  await fireEvent.input(input, { target: { value } });
  for (const composed of [{ isComposing: true }, { keyCode: 229 }])
    for (const key of ["Enter", "Escape"]) expect(await fireEvent.keyDown(input, { key, ...composed })).toBe(true);
  expect([taken.mock.calls, cancelled.mock.calls, input.value]).toEqual([[], [], value]);
  await fireEvent.keyDown(input, { key: "Enter" });
  expect(taken).toHaveBeenCalledOnce();
});

test("a key that nothing is composed by is a key", () => {
  expect(isComposing(new KeyboardEvent("keydown", { key: "Enter", keyCode: 13 }))).toBe(false);
});
