/** The evidence of a gap in words: what a person reads where the map is not in view. */
import type { EvidenceView, GapView } from "../ipc";
import { shownDay } from "../kit/dates";
import { shownNumber } from "../kit/numbers";
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import { counted } from "../state/words";

const shownAtMost = 6;

/** What the words of a rule's evidence name, where they are ids. */
const wordNames: Record<string, (id: string) => string> = {
  "stage-single-channel": channelName,
  "same-mix-everywhere": channelName,
  "audience-off-channel": channelName,
  "system-break": (id) => project.systems.find((system) => system.id === id)?.name ?? id,
};

/** Empty where there is nothing to show beyond what the gap's sentence says. */
export function evidenceText(gap: Pick<GapView, "evidence" | "rule" | "touchpoints">): string {
  const { evidence } = gap;
  switch (evidence.kind) {
    case "none":
      return "";
    case "component":
      return gap.touchpoints.length > 1 ? `These hang together: ${names(gap.touchpoints, ", ")}.` : "";
    case "path":
      return pathText(evidence);
    case "cut":
      return evidence.entries.length > 0 ? `No way is left from ${names(evidence.entries, ", ")}.` : "";
    case "shares":
      return sharesText(evidence);
    case "figure":
      return figureText(evidence);
    case "weeks":
      return `Nothing from ${shownDay(evidence.first)} to ${shownDay(evidence.last)}.`;
    case "texts":
      if (gap.rule === "identity-lost") return `Known here by ${evidence.said}, there by ${evidence.found}.`;
      return `Said: “${evidence.said}”. Found: “${evidence.found}”.`;
    case "words":
      return evidence.words.map(wordNames[gap.rule] ?? String).join(", ");
    case "date":
      return shownDay(evidence.date);
  }
}

/** Who suffers from the gap besides those it stands on; empty when nobody does. */
export function affectsText(affects: readonly string[]): string {
  return affects.length > 0 ? `Suffers from it: ${names(affects, ", ")}.` : "";
}

/** The split of the whole, then what the largest part takes of each stage. */
function sharesText({ shares, stages }: EvidenceView & { kind: "shares" }): string {
  const whole = shares.map((share) => `${channelName(share.label)} ${percent(share.share)}`).join(" · ");
  const [largest] = shares;
  if (!largest || stages.length === 0) return whole;
  const stageName = (id: string) => project.stages.find((stage) => stage.id === id)?.name ?? id;
  const each = stages.map((stage) => `${stageName(stage.label)} ${percent(stage.share)}`).join(" · ");
  return `${whole}. ${channelName(largest.label)} by stage: ${each}`;
}

function pathText({ touchpoints, links, days, limit }: EvidenceView & { kind: "path" }): string {
  const way = names(touchpoints, " → ");
  if (days !== null) {
    const length = counted(days, "day");
    return `${way}: ${limit === null ? length : `${length}, held against ${limit}`}`;
  }
  return limit === null ? way : `${way}: ${counted(links.length, "link")}, held against ${limit}`;
}

/** The figure, behind the way on which people come to where it counts. */
function figureText({ value, limit, unit, touchpoints }: EvidenceView & { kind: "figure" }): string {
  const show = (number: number) => (unit === "share" ? percent(number) : `${shownNumber(number)} ${unit}`);
  const way = touchpoints.length > 1 ? `${names(touchpoints, " → ")}: ` : "";
  if (value === null) return `${way}${way ? "not" : "Not"} filled in; held against ${show(limit)}`;
  return `${way}${show(value)}, held against ${show(limit)}`;
}

/** Small shares keep a decimal: half a per cent is not nothing. */
function percent(share: number): string {
  return `${shownNumber(Math.round(share * 1000) / 10)} %`;
}

function names(ids: readonly string[], between: string): string {
  const shown = ids.slice(0, shownAtMost).map(nameOf).join(between);
  return ids.length > shownAtMost ? `${shown}${between}${ids.length - shownAtMost} more` : shown;
}

function channelName(id: string): string {
  return session.channels.find((channel) => channel.id === id)?.name ?? id;
}

function nameOf(id: string): string {
  return project.touchpoint(id)?.name ?? id;
}
