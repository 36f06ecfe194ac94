/** Flights: runs of days that are added after one another and moved by either end. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { changeFlights, type Flight, type FlightsChange } from "../../src/inspector/commit";
import FlightsField from "../../src/inspector/FlightsField.svelte";
import Inspector from "../../src/inspector/Inspector.svelte";
import { daysAfter, daysBetween } from "../../src/kit/dates";
import { project } from "../../src/state/project.svelte";
import { selection } from "../../src/state/selection.svelte";
import { openMap, revisionAfter, settled } from "../harness";
import WithTooltips from "../WithTooltips.svelte";

const subject = ["tv"];
const two: Flight[] = [
  ["2026-05-01", "2026-05-10"],
  ["2026-06-01", "2026-06-30"],
];

function shown(flights: Flight[]) {
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
  const oncommit = shown(two);
  const field = screen.getByLabelText(`Flight 1 ${end}`);
  await fireEvent.input(field, { target: { value } });
  await fireEvent.blur(field);
  const [[change, whose]] = oncommit.mock.calls as [[FlightsChange, string[]]];
  expect([change(two), whose]).toEqual([[run, two[1]], subject]);
});

test("the next flight begins the day after the last one ends", async () => {
  const run: Flight = ["2026-12-01", "2026-12-31"];
  const oncommit = shown([run]);
  await fireEvent.click(screen.getByRole("button", { name: "Add a flight" }));
  expect(oncommit.mock.calls[0]?.[0]([run])[1]).toEqual(["2027-01-01", "2027-01-29"]);
});

describe("in the inspector", () => {
  const flights = () => project.touchpoint("radio")?.flights;

  async function type(end: string, value: string) {
    const field = screen.getByLabelText(`Flight 1 ${end}`);
    await fireEvent.input(field, { target: { value } });
    return field;
  }

  beforeEach(async () => {
    await openMap("escape-my-house");
    selection.select("radio");
    await revisionAfter(() => changeFlights(["radio"], () => [["2026-05-01", "2026-05-10"]]));
    render(WithTooltips, { shown: Inspector });
  });

  test("both ends are kept when the second is typed before the first has been answered", async () => {
    const { revision } = project;
    const from = await type("from", "2026-05-03");
    await fireEvent.blur(from);
    const to = await type("to", "2026-05-20");
    await fireEvent.blur(to);
    await settled(() => project.revision === revision + 2);
    expect(flights()).toEqual([["2026-05-03", "2026-05-20"]]);
  });

  test("a date typed over what changed meanwhile changes that end alone", async () => {
    const to = await type("to", "2026-05-20");
    await revisionAfter(() => changeFlights(["radio"], () => [["2026-04-01", "2026-05-10"]]));
    await revisionAfter(() => fireEvent.blur(to));
    expect(flights()).toEqual([["2026-04-01", "2026-05-20"]]);
  });
});

test("days are counted over months, leap days and the end of the calendar", () => {
  expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
  expect([daysAfter("2028-02-28", 2), daysAfter("2026-01-01", -1)]).toEqual(["2028-03-01", "2025-12-31"]);
  expect(daysAfter("9999-12-30", 28)).toBe("9999-12-31");
});
