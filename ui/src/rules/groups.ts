/** Which rules the list shows, in groups by the severity they are shipped with: setting one does not move it. */
import type { Severity } from "../ipc";
import { fold } from "../picker/choices";
import type { RuleState } from "../state/ruleList.svelte";

export type Shown = "all" | "changed" | "off";
export type RuleGroup = { severity: Severity; rules: RuleState[] };

const severities: readonly Severity[] = ["high", "medium", "low"];

/** `stays`: ids that a filter shows although they no longer pass it. */
export function ruleGroups(
  all: readonly RuleState[],
  text: string,
  shown: Shown,
  stays: ReadonlySet<string>,
): RuleGroup[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const passes = (state: RuleState) => shown === "all" || (shown === "off" ? !state.on : state.changed);
  const fits = ({ rule }: RuleState) => {
    const hay = fold([rule.name, rule.id, rule.paragraph, rule.example].join(" "));
    return words.every((word) => hay.includes(word));
  };
  const rules = all.filter((state) => fits(state) && (passes(state) || (shown !== "all" && stays.has(state.rule.id))));
  return severities
    .map((severity) => ({ severity, rules: rules.filter(({ rule }) => rule.severity === severity) }))
    .filter((group) => group.rules.length > 0);
}
