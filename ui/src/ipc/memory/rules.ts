/**
 * The rules as the in-memory host tells them: the program's own words, kept as data, so that explanations and settings
 * read as they do there. What the rules find is not here.
 */
import type { NotAssessedView, RuleSettingRecord, RuleView } from "../bindings";
import list from "./rules.json";

export const rules = list.rules as RuleView[];

/** What each rule says that it lacks in an empty map. */
export const needs = list.needs as NotAssessedView[];

export function ruleName(id: string): string {
  return rules.find((rule) => rule.id === id)?.name ?? id;
}

/** A rule's sentence about one of its gaps, in the program's words, with names in the place of what stands in braces. */
export function sentence(rule: string, names: Record<string, string>): string {
  const text = (list.sentences as Record<string, string>)[rule];
  if (text === undefined) throw new Error(`There is no rule ${rule}`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const filled = names[name];
    if (filled === undefined) throw new Error(`The sentence of ${rule} names {${name}}`);
    return filled;
  });
}

export function quoted(name: string | undefined): string {
  return `“${name ?? ""}”`;
}

export type RuleSettings = Record<string, RuleSettingRecord>;

/** From the written form, where thresholds stand flat beside the rest, to the form in which records carry them. */
export function readSettings(written: unknown): RuleSettings {
  const entries = Object.entries((written ?? {}) as Record<string, Record<string, unknown>>);
  return Object.fromEntries(
    entries.map(([rule, { enabled, severity, ...rest }]) => {
      const thresholds = Object.entries(rest).filter(
        (entry): entry is [string, number] => typeof entry[1] === "number",
      );
      const setting = { enabled: enabled ?? null, severity: severity ?? null } as RuleSettingRecord;
      return [rule, { ...setting, thresholds: Object.fromEntries(thresholds) }];
    }),
  );
}

export function isOn(settings: RuleSettings, rule: string): boolean {
  return settings[rule]?.enabled !== false;
}

export function threshold(settings: RuleSettings, rule: string, name: string): number {
  const shipped = rules.find((one) => one.id === rule)?.thresholds.find((one) => one.name === name)?.default ?? 0;
  return settings[rule]?.thresholds[name] ?? shipped;
}
