/** The evidence of a gap as a line of text: what a person reads where the map is not in view. */
import type { EvidenceView } from "../ipc";
import { project } from "../state/project.svelte";

const shownAtMost = 6;

export function evidenceText(evidence: EvidenceView): string {
  switch (evidence.kind) {
    case "none":
    case "component":
      return "";
    case "path":
      return [names(evidence.touchpoints, " → "), against(evidence.days, evidence.limit)].filter(Boolean).join(": ");
    case "cut":
      return evidence.entries.length > 0 ? `No way is left from ${names(evidence.entries, ", ")}.` : "";
    case "shares":
      return evidence.shares.map((share) => `${share.label} ${percent(share.share)}`).join(" · ");
    case "figure":
      return figure(evidence.value, evidence.limit, evidence.unit);
    case "weeks":
      return `${evidence.first} to ${evidence.last}`;
    case "texts":
      return `Said: “${evidence.said}”. Found: “${evidence.found}”.`;
    case "words":
      return evidence.words.join(", ");
    case "date":
      return evidence.date;
  }
}

function against(days: number | null, limit: number | null): string {
  if (days === null) return limit === null ? "" : `more than ${limit}`;
  return limit === null ? `${days} days` : `${days} days, held against ${limit}`;
}

function figure(value: number | null, limit: number, unit: string): string {
  const show = (number: number) => (unit === "share" ? percent(number) : `${number} ${unit}`);
  return value === null ? `Not filled in; held against ${show(limit)}` : `${show(value)}, held against ${show(limit)}`;
}

/** Small shares keep a decimal: half a per cent is not nothing. */
function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function names(ids: readonly string[], between: string): string {
  const shown = ids.slice(0, shownAtMost).map(nameOf).join(between);
  return ids.length > shownAtMost ? `${shown}${between}${ids.length - shownAtMost} more` : shown;
}

function nameOf(id: string): string {
  return project.touchpoint(id)?.name ?? id;
}
