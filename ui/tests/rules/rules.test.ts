/** How a map sets its rules: what is written, what is kept, what comes back by undo. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { setRule, setRuleAsShipped, withChange, written } from "../../src/actions/setRule";
import { undo } from "../../src/actions/undo";
import type { RuleView } from "../../src/ipc";
import type { MemoryHost } from "../../src/ipc/memoryHost";
import { ruleGroups } from "../../src/rules/groups";
import RulesView from "../../src/rules/RulesView.svelte";
import { readThreshold, shownThreshold, wrongThreshold } from "../../src/rules/thresholds";
import { gaps } from "../../src/state/gaps.svelte";
import { project } from "../../src/state/project.svelte";
import { ruleList } from "../../src/state/ruleList.svelte";
import { session } from "../../src/state/session.svelte";
import { openMap } from "../harness";
import WithTooltips from "../WithTooltips.svelte";

let host: MemoryHost;

beforeEach(async () => {
  host = await openMap("showcase");
});

function rule(id: string): RuleView {
  const found = session.rule(id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
}

const state = (id: string) => ruleList.all.find((one) => one.rule.id === id);

test("the map's settings are read on top of what is shipped", () => {
  expect(state("no-theme")?.on).toBe(false);
  expect(state("no-pick-up")?.severity).toBe("high");
  expect(state("channel-dominates")?.thresholds.max_share).toBe(0.25);
  expect(state("dead-end")).toMatchObject({ on: true, severity: "high", changed: false });
  expect([ruleList.off, ruleList.changed]).toEqual([2, 4]);
});

test("one change is one edit of the whole value, and keeps the settings of other rules", async () => {
  const apply = vi.spyOn(host, "applyEdits");
  await setRule(rule("dead-end"), { severity: "low" });
  expect(apply).toHaveBeenCalledTimes(1);
  expect(apply.mock.calls[0]?.[0]).toEqual([
    {
      op: "set",
      entity: "map",
      id: "map",
      field: "rules",
      value: {
        "no-theme": { enabled: false },
        "review-overdue": { enabled: false },
        "channel-dominates": { max_share: 0.25 },
        "no-pick-up": { severity: "high" },
        "dead-end": { severity: "low" },
      },
    },
  ]);
  expect(state("dead-end")?.severity).toBe("low");
  await undo.run();
  expect(state("dead-end")?.changed).toBe(false);
});

test("what is set back to as shipped is not written at all", () => {
  const settings = project.map.rules;
  const same = withChange(settings, rule("no-pick-up"), { severity: "medium" });
  expect(written(same)).not.toHaveProperty("no-pick-up");
  const share = rule("channel-dominates");
  expect(written(withChange(settings, share, { thresholds: { max_share: 0.5 } }))).not.toHaveProperty(share.id);
  expect(written(withChange(settings, share, { thresholds: { max_share: null } }))).not.toHaveProperty(share.id);
  expect(written(withChange(settings, share, { on: false }))).toMatchObject({
    [share.id]: { enabled: false, max_share: 0.25 },
  });
  expect(withChange(settings, share, {})).toEqual(settings);
});

test("two changes within one click both hold, also when the map answers later", async () => {
  const apply = host.applyEdits.bind(host);
  vi.spyOn(host, "applyEdits").mockImplementation(async (edits, label) => {
    await new Promise((go) => setTimeout(go, 5));
    return apply(edits, label);
  });
  const first = setRule(rule("channel-dominates"), { thresholds: { max_share: 0.8 } });
  const second = setRule(rule("dead-end"), { on: false });
  await Promise.all([first, second]);
  expect(state("channel-dominates")?.thresholds.max_share).toBe(0.8);
  expect(state("dead-end")?.on).toBe(false);
  await undo.run();
  await setRule(rule("stops-short"), { on: false });
  expect(state("dead-end")?.on).toBe(true);
  expect(state("channel-dominates")?.thresholds.max_share).toBe(0.8);
});

test("a rule that is off finds nothing; switched on again, it does", async () => {
  const count = () => gaps.open.filter((gap) => gap.rule === "no-call-to-action").length;
  const before = count();
  expect(before).toBeGreaterThan(0);
  await setRule(rule("no-call-to-action"), { on: false });
  expect(count()).toBe(0);
  await setRuleAsShipped(rule("no-call-to-action"));
  expect(count()).toBe(before);
});

test("a filtered list keeps a rule that was switched back under the hand", () => {
  const stays = new Set(["no-theme"]);
  const list = ruleList.all.map((one) => ({ ...one, on: true }));
  const shown = ruleGroups(list, "", "off", stays).flatMap((group) => group.rules.map((one) => one.rule.id));
  expect(shown).toEqual(["no-theme"]);
  expect(ruleGroups(ruleList.all, "ISLANDS", "all", new Set()).flatMap((group) => group.rules)).toHaveLength(1);
  expect(ruleGroups(ruleList.all, "", "all", new Set()).flatMap((group) => group.rules)).toHaveLength(
    session.rules.length,
  );
});

test("figures are typed in their own unit and kept within range", () => {
  const share = rule("channel-dominates").thresholds[0];
  const links = rule("ready-buyers-delayed").thresholds.find((one) => one.name === "max_links");
  if (!share || !links) throw new Error("the rules have thresholds");
  expect(shownThreshold(share, 0.5)).toBe("50");
  expect(readThreshold(share, "62.5 %")).toBe(0.625);
  expect(readThreshold(share, "")).toBeNull();
  expect(wrongThreshold(share, "120")).toBe("A share from 0 to 100 %.");
  expect(wrongThreshold(share, "a lot")).toBe("A share from 0 to 100 %.");
  expect(wrongThreshold(share, "")).toBe("");
  expect(readThreshold(links, "4")).toBe(4);
  expect(wrongThreshold(links, "2000")).not.toBe("");
});

test("the view switches, weighs and measures", async () => {
  render(WithTooltips, { shown: RulesView });
  const off = screen.getByRole("switch", { name: "Dead end" });
  expect(off.getAttribute("aria-checked")).toBe("true");
  await fireEvent.click(off);
  expect(project.map.rules["dead-end"]?.enabled).toBe(false);
  const field = screen.getByLabelText(/^Largest share of the budget/);
  await fireEvent.input(field, { target: { value: "70" } });
  await fireEvent.blur(field);
  expect(project.map.rules["channel-dominates"]?.thresholds.max_share).toBe(0.7);
  await fireEvent.click(screen.getByRole("button", { name: "Set “Dead end” as shipped" }));
  expect(project.map.rules["dead-end"]).toBeUndefined();
});

test("on a map that is only looked at nothing can be set", async () => {
  session.readOnly = true;
  render(WithTooltips, { shown: RulesView });
  expect(screen.getByRole<HTMLButtonElement>("switch", { name: "Dead end" }).disabled).toBe(true);
  const apply = vi.spyOn(host, "applyEdits");
  await setRule(rule("dead-end"), { on: false });
  expect(apply).not.toHaveBeenCalled();
});
