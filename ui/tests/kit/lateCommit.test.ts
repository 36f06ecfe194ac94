/** A field is left after it has come to show another row: what was typed is the first row's, whatever the second says. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import type { Component } from "svelte";
import { expect, test, vi } from "vitest";
import DateField from "../../src/kit/DateField.svelte";
import MoneyField from "../../src/kit/MoneyField.svelte";
import RateField from "../../src/kit/RateField.svelte";
import TextField from "../../src/kit/TextField.svelte";

/** Fields are generic over whose value they show; here any props do. */
type Field = Component<Record<string, unknown>>;

test.each([
  ["text", TextField, {}, "TV", "Radio", "Radio", "Radio"],
  ["an amount", MoneyField, { currency: "EUR" }, 100, "5,000", 5000, 5000],
  ["no amount any more", MoneyField, { currency: "EUR" }, 100, "", null, null],
  ["a date", DateField, {}, "2026-05-01", "2026-06-01", "2026-06-01", "2026-06-01"],
  ["a date where neither has one", DateField, {}, null, "2026-06-01", null, "2026-06-01"],
  ["no date any more", DateField, {}, "2026-05-01", "", null, null],
] as const)("%s", async (_, field, more, first, typed, second, kept) => {
  const oncommit = vi.fn();
  const shown = { label: "Field", oncommit, ...more };
  const { rerender } = render(field as unknown as Field, { ...shown, value: first, subject: "first" });
  const input = screen.getByLabelText("Field");
  await fireEvent.input(input, { target: { value: typed } });
  await rerender({ value: second, subject: "second" });
  await fireEvent.blur(input);
  expect(oncommit.mock.calls.map(([value, whose]) => [value, whose])).toEqual([[kept, "first"]]);
});

test("a field left with another row's date shows that row's", async () => {
  const props = { label: "Field", oncommit: vi.fn(), value: null };
  const { rerender } = render(DateField as unknown as Field, { ...props, subject: "first" });
  const input = screen.getByLabelText("Field") as HTMLInputElement;
  await fireEvent.input(input, { target: { value: "2026-06-01" } });
  await rerender({ ...props, subject: "second" });
  await fireEvent.blur(input);
  expect(input.value).toBe("");
});

test("a rate", async () => {
  const oncommit = vi.fn();
  const rate = [0.02, 0.02, 0.02];
  const shown = { label: "Rate", oncommit };
  const { rerender } = render(RateField as unknown as Field, { ...shown, value: null, subject: "first" });
  const input = screen.getByLabelText("Likely");
  await fireEvent.input(input, { target: { value: "2" } });
  await rerender({ value: rate, subject: "second" });
  await fireEvent.focusOut(input);
  expect(oncommit.mock.calls).toEqual([[rate, "first"]]);
});

test("the same amount written in another way is no change", async () => {
  const oncommit = vi.fn();
  render(MoneyField as unknown as Field, { label: "Field", oncommit, currency: null, value: 1000, subject: "first" });
  const input = screen.getByLabelText("Field");
  await fireEvent.input(input, { target: { value: "1000" } });
  await fireEvent.blur(input);
  expect(oncommit).not.toHaveBeenCalled();
});

test("figures that make no rate stay with what is wrong about them until another row is shown", async () => {
  const oncommit = vi.fn();
  const props = { label: "Rate", value: null, oncommit };
  const { rerender } = render(RateField as unknown as Field, { ...props, subject: "first" });
  const [likely, high] = [screen.getByLabelText("Likely"), screen.getByLabelText("High")] as HTMLInputElement[];
  await fireEvent.input(likely as Element, { target: { value: "4,5" } });
  await fireEvent.input(high as Element, { target: { value: "3" } });
  await fireEvent.focusOut(high as Element);
  expect(oncommit).not.toHaveBeenCalled();
  expect([likely?.value, high?.value]).toEqual(["4,5", "3"]);
  expect(screen.getByText(/at most/)).toBeTruthy();
  await rerender({ ...props, subject: "second" });
  expect([likely?.value, high?.value]).toEqual(["", ""]);
  await rerender({ ...props, subject: "first" });
  expect(screen.queryByText(/at most/)).toBeNull();
});
