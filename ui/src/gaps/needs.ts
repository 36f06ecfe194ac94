/** What rules wait for, each thing once: often several rules lack the same. */
import type { Entity, NotAssessedView } from "../ipc";

export type NeedOfRules = { key: string; text: string; entity: Entity; field: string; rules: string[] };

export function needsOf(notAssessed: readonly NotAssessedView[]): NeedOfRules[] {
  const needs = new Map<string, NeedOfRules>();
  for (const { ruleName, needs: text, entity, field } of notAssessed) {
    const key = `${entity}.${field} ${text}`;
    const need = needs.get(key) ?? { key, text, entity, field, rules: [] };
    need.rules.push(ruleName);
    needs.set(key, need);
  }
  return [...needs.values()];
}
