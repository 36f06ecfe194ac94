/** Exports and imports of the host in memory: real choices, a plain picture of where cards stand, one table to take in. */
import type {
  ExportChoicesView,
  ExportForm,
  ExportTrait,
  FormatView,
  ImportView,
  LayoutView,
  PreviewView,
} from "../bindings";
import type { Records } from "./records";

const picture: ExportTrait[] = ["theme", "part", "around", "logo", "border", "lanes", "project"];

function format(
  name: string,
  title: string,
  description: string,
  extension: string,
  traits: ExportTrait[],
): FormatView {
  return { name, title, description, extension, traits };
}

export const exportChoices: ExportChoicesView = {
  formats: [
    format("pdf", "PDF", "The map on a page or tiled over several, or one of the planner's documents", "pdf", [
      ...picture,
      "page",
      "spread",
      "document",
    ]),
    format("pptx", "PowerPoint slides", "The map as native shapes with glued connectors", "pptx", [
      ...picture,
      "page",
      "view",
    ]),
    format("png", "PNG picture", "The map as a picture of pixels, for slides and messages", "png", [
      ...picture,
      "scale",
      "transparent",
    ]),
    format("svg", "SVG picture", "The map as a picture of lines and words, sharp at any size", "svg", picture),
    format("docx", "Word document", "One of the planner's documents to go on with in Word", "docx", [
      "document",
      "part",
      "page",
    ]),
    format("xlsx", "Excel workbook", "Touchpoints, links, coverage, gaps, budget and tagged links", "xlsx", [
      "view",
      "baseAddress",
    ]),
    format("json", "Backcast JSON", "The open text form of the map: lossless", "json", []),
  ],
  documents: [
    format("framework", "Comms framework", "Audiences, and what each stage says and asks for", "", []),
    format("gaps", "Gap report", "Every communication gap with its reason and what mends it", "", []),
  ],
};

export function exportPreview({ touchpoints, map }: Records, layout: LayoutView, form: ExportForm): PreviewView {
  if (form.format === "xlsx") return { kind: "nothing" };
  if (form.document !== null) return documentOf(touchpoints, map.title, form.document);
  if (form.format === "json") return { kind: "text", text: JSON.stringify({ title: map.title }, null, 2) };
  const ground = form.dark ? "black" : "white";
  const cards = layout.cards.map(({ x, y }) => `<rect x="${x}" y="${y}" width="208" height="64" rx="10" fill="gray"/>`);
  const width = Math.max(400, ...layout.cards.map(({ x }) => x + 240));
  const height = Math.max(300, ...layout.cards.map(({ y }) => y + 100));
  const box = `viewBox="0 0 ${width} ${height}"`;
  return {
    kind: "picture",
    svg: `<svg xmlns="http://www.w3.org/2000/svg" ${box}><rect width="100%" height="100%" fill="${ground}"/>${cards.join("")}</svg>`,
  };
}

function documentOf(touchpoints: Records["touchpoints"], title: string, sort: string): PreviewView {
  const plain = (text: string) => [{ text, look: "plain" as const }];
  const names = [...touchpoints.values()].map(({ name }) => plain(name));
  return {
    kind: "document",
    title,
    sort,
    date: "1 March 2026",
    logo: null,
    blocks: [
      { kind: "heading", level: 1, text: plain("Touchpoints") },
      { kind: "paragraph", text: [{ text: "■ High", look: "high" }, ...plain(" stands beside what it hurts.")] },
      { kind: "list", points: names.slice(0, 3) },
      { kind: "facts", facts: [{ name: "Touchpoints", text: plain(String(names.length)) }] },
      {
        kind: "table",
        columns: [
          { title: "Name", figures: false },
          { title: "Budget", figures: true },
        ],
        rows: names.map((name) => ({ strong: false, cells: [name, plain("100")] })),
      },
      { kind: "note", text: plain("Budgets are in euros.") },
    ],
  };
}

export function tableToTakeIn(names: string[]): ImportView {
  return {
    ticket: 1,
    names,
    problem: null,
    title: "Media plan",
    touchpoints: 3,
    links: 1,
    notes: [{ place: "sheet “Media”, cell F4", text: "the budget “tbc” is no number and is left out" }],
    differences: [
      { entity: "touchpoint", id: "cinema", name: "Cinema spot", place: "row 4", fate: "added", fields: [] },
      {
        entity: "touchpoint",
        id: "tv",
        name: "TV spot",
        place: "row 2",
        fate: "changed",
        fields: [{ heading: "Budget", old: "20,000", new: "24,000" }],
      },
    ],
    differenceCount: 2,
    tables: {
      mapping: {
        touchpoints: {
          sheet: "Media",
          headingRow: 0,
          columns: [
            { heading: "Asset", field: "name" },
            { heading: "Budget", field: "budget" },
            { heading: "Remarks", field: null },
          ],
        },
        links: null,
        leaveOutUnreadable: true,
      },
      sheets: ["Media"],
      touchpointFields: [
        { field: "name", heading: "Name" },
        { field: "budget", heading: "Budget" },
        { field: "notes", heading: "Notes" },
      ],
      linkFields: [],
    },
    pages: null,
  };
}
