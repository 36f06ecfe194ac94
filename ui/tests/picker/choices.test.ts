/** What the picker offers. */
import { beforeEach, expect, test } from "vitest";
import { choicesFor, pickerTitle } from "../../src/picker/choices";
import { openMap } from "../harness";

const behind = { anchor: "planner", direction: "upstream", mode: "add", at: null } as const;

beforeEach(() => openMap("escape-my-house").then(() => undefined));

function labels(text: string, request: Parameters<typeof choicesFor>[0] = behind): string[] {
  return choicesFor(request, text).flatMap((group) => group.choices.map((choice) => choice.label));
}

test("channels usual for the stage before come first", () => {
  expect(choicesFor(behind, "")[0]?.title).toBe("Usual in Engage");
  expect(labels("").length).toBeGreaterThan(40);
});

test("a name that begins with the text beats one that contains it", () => {
  expect(labels("tv")[0]).toBe("TV");
  expect(labels("soc")[0]).toMatch(/^Social profile|^Paid social/);
  for (const text of ["E-MAIL", "email", " e-mail "]) expect(labels(text)[0], text).toBe("E-mail");
});

test("what is linked already, and the touchpoint itself, are not offered", () => {
  const link = { ...behind, mode: "link", direction: "downstream" } as const;
  expect(labels("", link)).not.toContain("Escape planner tool");
  expect(labels("", link)).not.toContain("Reminder e-mail");
  expect(labels("", link)).toContain("VR event");
  expect(labels("radio cut")).not.toContain("Radio cut");
});

test("any text can be a name of one's own, unless it is there", () => {
  expect(labels("Zeppelin")).toEqual(["Add “Zeppelin”"]);
  expect(labels("podcast")).not.toContain("Add “podcast”");
});

test("a touchpoint of no other is asked from the stage it is for, and is none that is there", () => {
  const request = { anchor: null, direction: "upstream", mode: "add", at: null, stage: "discover" } as const;
  expect(pickerTitle(request)).toBe("What do people meet in “Discover”?");
  expect(choicesFor(request, "")[0]?.title).toBe("Usual in Discover");
  expect(labels("", request)).not.toContain("Radio cut");
});

test("a destination is asked from where campaigns lead", () => {
  const request = { anchor: null, direction: "upstream", mode: "destination", at: null } as const;
  expect(labels("", request)[0]).toBe("Web shop");
});
