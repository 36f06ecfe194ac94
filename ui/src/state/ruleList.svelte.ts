/**
 * The rules as this map has them: what is shipped, what the map sets otherwise, how many gaps are open. Derived only;
 * writing a setting is an edit of the map (`actions/setRule`).
 */
import type { RuleSettingRecord, RuleView, Severity } from "../ipc";
import { gaps } from "./gaps.svelte";
import { project } from "./project.svelte";
import { session } from "./session.svelte";

export type RuleState = {
  rule: RuleView;
  on: boolean;
  severity: Severity;
  /** Thresholds by name, as they hold. */
  thresholds: Readonly<Record<string, number>>;
  /** Whether anything is otherwise than shipped. */
  changed: boolean;
  open: number;
};

class RuleList {
  readonly all: readonly RuleState[] = $derived.by(() => {
    const open = new Map<string, number>();
    for (const gap of gaps.open) open.set(gap.rule, (open.get(gap.rule) ?? 0) + 1);
    return session.rules.map((rule) => stateOf(rule, project.map.rules[rule.id], open.get(rule.id) ?? 0));
  });
  readonly off: number = $derived(this.all.filter((state) => !state.on).length);
  readonly changed: number = $derived(this.all.filter((state) => state.changed).length);
}

export function stateOf(rule: RuleView, setting: RuleSettingRecord | undefined, open: number): RuleState {
  const on = setting?.enabled !== false;
  const severity = setting?.severity ?? rule.severity;
  const entries = rule.thresholds.map(({ name, default: shipped }) => [name, setting?.thresholds[name] ?? shipped]);
  const thresholds = Object.fromEntries(entries) as Record<string, number>;
  const moved = rule.thresholds.some(({ name, default: shipped }) => thresholds[name] !== shipped);
  return { rule, on, severity, thresholds, changed: !on || severity !== rule.severity || moved, open };
}

export const ruleList = new RuleList();
