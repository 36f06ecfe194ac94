/**
 * Writes how this map sets its rules: one edit of the map a time, which keeps the settings of all other rules. What is
 * as shipped is left out, so that the file says only what the planner decided.
 */
import type { JsonValue, MapRecord, RuleView, Severity } from "../ipc";
import { sameSettings, sentRules } from "../state/sentRules";
import { commitEdits, setEdit } from "./edit";

type Settings = MapRecord["rules"];
/** What is to be otherwise; a threshold of null is as shipped. */
export type RuleChange = { on?: boolean; severity?: Severity; thresholds?: Record<string, number | null> };

/** The settings with one rule changed. */
export function withChange(settings: Settings, rule: RuleView, change: RuleChange): Settings {
  const before = settings[rule.id] ?? { enabled: null, severity: null, thresholds: {} };
  const severity = change.severity ?? before.severity;
  const thresholds = { ...before.thresholds };
  for (const [name, value] of Object.entries(change.thresholds ?? {})) {
    const shipped = rule.thresholds.find((threshold) => threshold.name === name)?.default;
    if (value === null || value === shipped) delete thresholds[name];
    else thresholds[name] = value;
  }
  const after = {
    enabled: (change.on ?? before.enabled) === false ? false : null,
    severity: severity === rule.severity ? null : severity,
    thresholds,
  };
  const { [rule.id]: _, ...others } = settings;
  const plain = after.enabled === null && after.severity === null && Object.keys(thresholds).length === 0;
  return plain ? others : { ...others, [rule.id]: after };
}

/** As the map is written: thresholds stand flat beside the rest, and nothing stands where nothing was decided. */
export function written(settings: Settings): JsonValue {
  const one = ({ enabled, severity, thresholds }: Settings[string]): JsonValue => ({
    ...(enabled === null ? {} : { enabled }),
    ...(severity === null ? {} : { severity }),
    ...thresholds,
  });
  return Object.fromEntries(Object.entries(settings).map(([rule, setting]) => [rule, one(setting)]));
}

async function write(settings: Settings, label: string): Promise<void> {
  sentRules.send(settings);
  if ((await commitEdits([setEdit("map", "map", "rules", written(settings))], label)) === null) sentRules.refused();
}

export async function setRule(rule: RuleView, change: RuleChange): Promise<void> {
  const before = sentRules.newest;
  const after = withChange(before, rule, change);
  if (sameSettings(before, after)) return;
  await write(after, labelOf(rule, change));
}

function labelOf(rule: RuleView, change: RuleChange): string {
  if (change.on !== undefined) return `Turn “${rule.name}” ${change.on ? "on" : "off"}`;
  if (change.severity !== undefined) return `Change how much “${rule.name}” hurts`;
  return `Change when “${rule.name}” is a gap`;
}

export async function setRuleAsShipped(rule: RuleView): Promise<void> {
  const { [rule.id]: _, ...others } = sentRules.newest;
  await write(others, `Set “${rule.name}” as shipped`);
}

export async function setAllRulesAsShipped(): Promise<void> {
  await write({}, "Set all rules as shipped");
}
