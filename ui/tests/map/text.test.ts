import { expect, test } from "vitest";
import { TextMeasure } from "../../src/map/text";

/** Every character is ten units wide. */
const text = new TextMeasure((words) => [...words].length * 10);

test.each([
  ["fits", "TV spot", 100, 2, ["TV spot"]],
  ["wraps at a word's end", "Invitation letter", 120, 2, ["Invitation", "letter"]],
  ["cuts the last line", "Reminder letter with paper form", 120, 2, ["Reminder", "letter with…"]],
  ["breaks a word that is too long", "Datenschutzgrundverordnung", 100, 2, ["Datenschut", "zgrundver…"]],
  ["collapses white space", "  A \n b ", 100, 2, ["A b"]],
  ["nothing", "", 100, 2, []],
])("%s", (_, words, room, lines, wanted) => expect(text.wrap(words, "x", room, lines)).toEqual(wanted));

test("a pair of surrogates is never split", () => {
  for (const line of text.wrap("👋👋👋👋👋👋👋👋", "x", 35, 1)) expect(line.isWellFormed()).toBe(true);
});
