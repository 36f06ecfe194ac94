import { beforeEach, expect, test } from "vitest";
import type { FormatView } from "../../src/ipc";
import { exportChoices } from "../../src/ipc/memory/share";
import { everyView, firstChoice, formOf, rememberChoice, rememberedChoice, traitsOf } from "../../src/share/exportForm";

const { formats, documents } = exportChoices;
const named = (name: string) => formats.find((format) => format.name === name) as FormatView;
const everything = {
  ...firstChoice,
  part: { kind: "stage" as const, id: "buy" },
  dark: true,
  page: "a3",
  spread: "tiled",
  scale: 3,
  transparent: true,
  without: ["legend"],
  logo: "house.svg",
  border: true,
  lanes: "media" as const,
  views: ["gaps"],
  embedProject: true,
  templated: true,
  baseAddress: " https://example.org ",
};

beforeEach(() => localStorage.clear());

test("a format is told only what it can be told", () => {
  const json = formOf(everything, named("json"), documents);
  expect(json).toMatchObject({ dark: null, page: null, spread: null, scale: null, views: null, without: [] });
  expect(json).toMatchObject({ transparent: false, embedProject: false, templated: false, part: { kind: "whole" } });
  expect(json).toMatchObject({ logo: false, border: false, lanes: null });
  const png = formOf(everything, named("png"), documents);
  expect(png).toMatchObject({ dark: true, scale: 3, transparent: true, without: ["legend"], page: null });
  expect(png).toMatchObject({ logo: true, border: true, lanes: "media" });
  expect(formOf(everything, named("xlsx"), documents).baseAddress).toBe("https://example.org");
});

test("a PDF is the map or a document, and a document has paper and no theme", () => {
  const pdf = named("pdf");
  expect(formOf(everything, pdf, documents)).toMatchObject({ document: null, dark: true, spread: "tiled", page: "a3" });
  const document = formOf({ ...everything, document: "gaps", page: "16:9" }, pdf, documents);
  expect(document).toMatchObject({ document: "gaps", dark: null, spread: null, page: null, embedProject: false });
  expect(document).toMatchObject({ logo: true, border: false, lanes: null });
  expect(traitsOf(pdf, "gaps")).not.toContain("theme");
});

test("a workbook is not asked for a timeline", () => {
  const all = { ...everything, views: everyView };
  expect(formOf(all, named("xlsx"), documents).views).toEqual(["coverage", "gaps"]);
  expect(formOf(all, named("pptx"), documents).views).toEqual(everyView);
});

test("what is always a document has one", () => {
  expect(formOf(firstChoice, named("docx"), documents).document).toBe(documents[0]?.name);
});

test("a page for each part is of the whole map", () => {
  const form = formOf({ ...everything, spread: "stages" }, named("pdf"), documents);
  expect(form).toMatchObject({ spread: "stages", part: { kind: "whole" } });
});

test("choices are kept for each project, but for the part", () => {
  rememberChoice("Spring", { ...everything, format: "png" });
  expect(rememberedChoice("Spring")).toMatchObject({ format: "png", scale: 3, part: { kind: "whole" } });
  expect(rememberedChoice("Autumn")).toEqual(firstChoice);
  // Lanes are those that are seen, whatever was chosen before.
  expect(rememberedChoice("Spring").lanes).toBeNull();
  expect(rememberedChoice("Spring", "ownership").lanes).toBe("ownership");
  localStorage.setItem("backcast.export.Spring", "not json");
  expect(rememberedChoice("Spring")).toEqual(firstChoice);
});
