/**
 * What the export dialog has chosen, and the form it makes of that: a format is told only what it can be told. The
 * choices are kept on this computer for each project. Knows no window and no host.
 */
import type { ExportForm, ExportPart, ExportTrait, FormatView } from "../ipc";

export type ExportChoice = {
  format: string;
  /** The map, or a document by its name. */
  document: string | null;
  part: ExportPart;
  dark: boolean;
  page: string | null;
  spread: string;
  scale: number;
  transparent: boolean;
  without: string[];
  /** The name of the logo that is shown; null: none is. */
  logo: string | null;
  border: boolean;
  /** What divides the map into lanes; null: nothing does. */
  lanes: ExportForm["lanes"];
  views: string[];
  embedProject: boolean;
  templated: boolean;
  baseAddress: string;
};

export const everyView = ["coverage", "timeline", "gaps"];

export const firstChoice: ExportChoice = {
  format: "pptx",
  document: null,
  part: { kind: "whole" },
  dark: false,
  page: null,
  spread: "one",
  scale: 2,
  transparent: false,
  without: [],
  logo: null,
  border: false,
  lanes: null,
  views: everyView,
  embedProject: false,
  templated: false,
  baseAddress: "",
};

/** A format that is always a document has no map to choose; a PDF is either. */
export function isAlwaysDocument(format: FormatView): boolean {
  return format.traits.includes("document") && !format.traits.includes("theme");
}

/** The document that is exported; null: the map. */
export function documentOf(choice: ExportChoice, format: FormatView, documents: readonly FormatView[]): string | null {
  if (!format.traits.includes("document")) return null;
  return choice.document ?? (isAlwaysDocument(format) ? (documents[0]?.name ?? null) : null);
}

/** What can be chosen: of a PDF that is a document only what concerns documents. */
export function traitsOf(format: FormatView, document: string | null): readonly ExportTrait[] {
  if (document === null || isAlwaysDocument(format)) return format.traits;
  return ["document", "part", "page", "logo"];
}

/** The views beside the map that a format has: a workbook shows no timeline. */
export function viewsOf(format: FormatView): string[] {
  return format.name === "xlsx" ? everyView.filter((view) => view !== "timeline") : everyView;
}

/** The pages there are: slides and the map's own size are no paper for documents. */
export function pagesOf(document: string | null): string[] {
  return document === null ? ["a4", "a3", "letter", "16:9", "fit"] : ["a4", "a3", "letter"];
}

export function formOf(choice: ExportChoice, format: FormatView, documents: readonly FormatView[]): ExportForm {
  const document = documentOf(choice, format, documents);
  const traits = traitsOf(format, document);
  const has = (trait: ExportTrait) => traits.includes(trait);
  const page = choice.page !== null && pagesOf(document).includes(choice.page) ? choice.page : null;
  const eachPart = choice.spread === "stages" || choice.spread === "destinations";
  const part: ExportPart = has("part") && !(has("spread") && eachPart) ? choice.part : { kind: "whole" };
  return {
    format: format.name,
    dark: has("theme") ? choice.dark : null,
    page: has("page") ? page : null,
    spread: has("spread") ? choice.spread : null,
    scale: has("scale") ? choice.scale : null,
    transparent: has("transparent") && choice.transparent,
    part,
    without: has("around") ? choice.without : [],
    logo: has("logo") && choice.logo !== null,
    border: has("border") && choice.border,
    lanes: has("lanes") ? choice.lanes : null,
    views: has("view") ? choice.views.filter((view) => viewsOf(format).includes(view)) : null,
    document,
    templated: has("template") && choice.templated,
    embedProject: has("project") && choice.embedProject,
    baseAddress: has("baseAddress") && choice.baseAddress.trim() !== "" ? choice.baseAddress.trim() : null,
  };
}

function keyOf(project: string): string {
  return `backcast.export.${project}`;
}

/**
 * What was chosen last for a project. A part of the map is chosen anew each time: it may be gone; and lanes are those
 * that are seen.
 */
export function rememberedChoice(project: string, lanes: ExportChoice["lanes"] = null): ExportChoice {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(project)) ?? "{}") as Partial<ExportChoice>;
    return { ...firstChoice, ...kept, part: { kind: "whole" }, templated: false, lanes };
  } catch {
    return { ...firstChoice, lanes };
  }
}

export function rememberChoice(project: string, choice: ExportChoice): void {
  localStorage.setItem(keyOf(project), JSON.stringify(choice));
}
