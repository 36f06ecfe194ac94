/** Flights: runs of days that are added after one another and moved by either end. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import FlightsField from "../../src/inspector/FlightsField.svelte";
import { daysAfter, daysBetween } from "../../src/kit/dates";
import WithTooltips from "../WithTooltips.svelte";

const subject = ["tv"];

function shown(flights: [string, string][]) {
  const oncommit = vi.fn();
  render(WithTooltips, { shown: FlightsField as never, given: { flights, subject, oncommit } });
  return oncommit;
}

test.each([
  ["a start within it", "from", "2026-05-04", ["2026-05-04", "2026-05-10"]],
  ["a start beyond its end", "from", "2026-08-01", ["2026-08-01", "2026-08-10"]],
  ["an end within it", "to", "2026-05-20", ["2026-05-01", "2026-05-20"]],
  ["an end before its start", "to", "2026-03-01", ["2026-02-20", "2026-03-01"]],
] as const)("%s: the other end stays where it can, else the run moves as a whole", async (_, end, value, run) => {
  const oncommit = shown([
    ["2026-05-01", "2026-05-10"],
    ["2026-06-01", "2026-06-30"],
  ]);
  const field = screen.getByLabelText(`Flight 1 ${end}`);
  await fireEvent.input(field, { target: { value } });
  await fireEvent.blur(field);
  expect(oncommit.mock.calls).toEqual([[[run, ["2026-06-01", "2026-06-30"]], subject]]);
});

test("the next flight begins the day after the last one ends", async () => {
  const oncommit = shown([["2026-12-01", "2026-12-31"]]);
  await fireEvent.click(screen.getByRole("button", { name: "Add a flight" }));
  expect(oncommit.mock.calls[0]?.[0][1]).toEqual(["2027-01-01", "2027-01-29"]);
});

test("days are counted over months, leap days and the end of the calendar", () => {
  expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
  expect([daysAfter("2028-02-28", 2), daysAfter("2026-01-01", -1)]).toEqual(["2028-03-01", "2025-12-31"]);
  expect(daysAfter("9999-12-30", 28)).toBe("9999-12-31");
});
