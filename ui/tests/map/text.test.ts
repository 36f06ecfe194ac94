import { expect, test } from "vitest";
import { TextMeasure } from "../../src/map/text";

/** Every character is ten units wide. */
const text = new TextMeasure((words) => [...words].length * 10);

test.each([
  ["fits", "TV spot", 100, 2, ["TV spot"]],
  ["wraps at a word's end", "Invitation letter", 120, 2, ["Invitation", "letter"]],
  ["cuts the last line", "Reminder letter with paper form", 120, 2, ["Reminder", "letter with…"]],
  ["breaks after a hyphen", "Complete-count", 110, 2, ["Complete-", "count"]],
  ["breaks after a slash", "Newsletter/blog", 120, 2, ["Newsletter/", "blog"]],
  [
    "says all of it for a break in a word",
    "E-mail to low-response tracts",
    160,
    2,
    ["E-mail to low-", "response tracts"],
  ],
  ["but for no less", "Last re-engagement", 140, 2, ["Last", "re-engagement"]],
  ["keeps an initial and a range together", "A 24-hour e-mail 18-24", 120, 2, ["A 24-hour", "e-mail 18-24"]],
  ["breaks a name at its humps", "RetargetingVisitors", 140, 2, ["Retargeting", "Visitors"]],
  ["breaks an address at its parts", "shop.example.org/offer", 150, 2, ["shop.example.", "org/offer"]],
  ["breaks a word that is too long", "Datenschutzgrundverordnung", 100, 2, ["Datenschut", "zgrundver…"]],
  ["collapses white space", "  A \n b ", 100, 2, ["A b"]],
  ["nothing", "", 100, 2, []],
])("%s", (_, words, room, lines, wanted) => expect(text.wrap(words, "x", room, lines)).toEqual(wanted));

test.each([
  ["no room at all", "👋👋👋", 5, ["👋", "👋", "👋"]],
  ["room for a part", "👨‍👩‍👧👨‍👩‍👧👋", 60, ["👨‍👩‍👧", "👨‍👩‍👧👋"]],
  ["room for none with its accent", "e\u0301e\u0301a", 10, ["e\u0301", "e\u0301", "a"]],
])("a word is broken between whole characters: %s", (_, words, room, lines) => {
  expect(text.wrap(words, "x", room, 9)).toEqual(lines);
});

test("a pair of surrogates is never split", () => {
  for (const line of text.wrap("👋👋👋👋👋👋👋👋", "x", 35, 1)) expect(line.isWellFormed()).toBe(true);
});
