/** The gallery of example campaigns. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { run } from "../../src/actions";
import Dialogs from "../../src/shell/Dialogs.svelte";
import { dialogs } from "../../src/state/dialogs.svelte";
import { project } from "../../src/state/project.svelte";
import { openMap, settled } from "../harness";

beforeEach(() => openMap(null).then(() => undefined));

test("all examples are offered with a picture each, and the chosen one is opened", async () => {
  run("openSample");
  await settled(() => dialogs.open?.kind === "samples");
  render(Dialogs);
  const offered = screen.getAllByRole("listitem");
  expect(offered).toHaveLength(5);
  for (const one of offered) {
    expect(one.querySelectorAll("svg rect:not(.band)").length).toBeGreaterThan(4);
    expect(one.querySelectorAll("svg .destination").length).toBeGreaterThan(0);
  }
  const wanted = screen.getByRole("button", { name: /Escape My House/ });
  await fireEvent.click(wanted);
  await settled(() => project.map.title === "Escape My House");
  expect(dialogs.open).toBeNull();
});
