/**
 * The map told step by step, backward as it was drawn: the whole, where people end up, what brings them there, what
 * makes them look, the stages from the last to the first, and where it breaks. Words and what is shown for each;
 * nothing is made up, and a step that has nothing in it is not told.
 */
import type { GapView, Severity, StageRecord, TouchpointRecord } from "../ipc";
import { type Lit, lightOf } from "./evidence.svelte";
import { gaps } from "./gaps.svelte";
import { project } from "./project.svelte";
import { keptOf } from "./stageFilter.svelte";
import { counted, type Kind, kindOf, momentWords } from "./words";

/** What keeps its looks while the rest steps back, and what is lit as evidence; both null: the whole map. */
export type Shown = { kept: Pick<Lit, "touchpoints" | "links"> | null; lit: Lit | null };

export type StoryStep = {
  id: string;
  /** What part of the story it is, in a word or two. */
  part: string;
  title: string;
  text: string;
  severity: Severity | null;
  /** Made only for the step that is told: on a large map this takes a walk along the links. */
  show: () => Shown;
};

/** More names than this are counted. */
const mostNames = 6;
/** More reasons than this are counted. */
const mostReasons = 3;
/** More destinations than this are told together. */
const mostDestinations = 5;

const wholeMap: Shown = { kept: null, lit: null };

export function story(): readonly StoryStep[] {
  const all = project.touchpointIds.flatMap((id) => project.touchpoint(id) ?? []);
  if (all.length === 0) return [];
  const kinds = new Map(all.map((touchpoint) => [touchpoint.id, kindOf(touchpoint)]));
  const of = (kind: Kind) => all.filter(({ id }) => kinds.get(id) === kind);
  const [ends, direct, indirect] = [of("destination"), of("direct"), of("indirect")];
  return [
    theWhole(all),
    ...theEnds(ends),
    ...whatBrings(ends, direct),
    ...whatMakesLook(indirect, [...ends, ...direct]),
    ...theStages(all),
    ...theGaps(),
  ];
}

function theWhole(all: readonly TouchpointRecord[]): StoryStep {
  const { title, theme, objective } = project.map;
  const facts = [
    counted(all.length, "touchpoint"),
    ...(project.stages.length > 0 ? [counted(project.stages.length, "stage")] : []),
    ...(project.audiences.length > 0 ? [counted(project.audiences.length, "audience")] : []),
  ];
  const text = [theme, objective].filter(Boolean).map(asSentence);
  return {
    id: "whole",
    part: facts.join(" · "),
    title: title || "Untitled map",
    text: text.join(" "),
    severity: null,
    show: () => wholeMap,
  };
}

function theEnds(ends: readonly TouchpointRecord[]): StoryStep[] {
  const passing = ends.filter(({ rank }) => rank === "intermediate");
  const last = ends.filter(({ rank }) => rank !== "intermediate");
  const steps: StoryStep[] = [];
  if (last.length > 0)
    steps.push(
      part("ends", "Destinations", "Where people should end up", `${listed(last)}.`, idsOf(last), () => false),
    );
  if (passing.length > 0) {
    const kept = new Set([...idsOf(passing), ...idsOf(last)]);
    const text = `${listed(passing)}.`;
    steps.push(part("passing", "Intermediate destinations", "What passes people on to there", text, kept));
  }
  return steps;
}

/** Destination by destination, where they are few enough to be told apart. */
function whatBrings(ends: readonly TouchpointRecord[], direct: readonly TouchpointRecord[]): StoryStep[] {
  const drivers = idsOf(direct);
  const led = ends.map((end) => {
    const links = project.incoming(end.id).filter((id) => drivers.has(project.link(id)?.from ?? ""));
    const from = new Set(links.map((id) => project.link(id)?.from ?? ""));
    return { end, from: direct.filter(({ id }) => from.has(id)) };
  });
  const told = led.filter(({ from }) => from.length > 0);
  if (told.length > mostDestinations) {
    const kept = new Set([...idsOf(ends), ...drivers]);
    return [part("direct", "Direct drivers", "What brings people there", `${listed(direct)}.`, kept)];
  }
  return told.map(({ end, from }) => {
    const kept = new Set([end.id, ...idsOf(from)]);
    const title = `What brings people to ${end.name}`;
    return part(`direct ${end.id}`, "Direct drivers", title, `${listed(from)}.`, kept, (_, to) => to === end.id);
  });
}

function whatMakesLook(indirect: readonly TouchpointRecord[], rest: readonly TouchpointRecord[]): StoryStep[] {
  if (indirect.length === 0) return [];
  const drivers = idsOf(indirect);
  const kept = new Set([...drivers, ...idsOf(rest)]);
  const text = `${listed(indirect)}.`;
  return [part("indirect", "Indirect drivers", "What makes people look", text, kept, (from) => drivers.has(from))];
}

function theStages(all: readonly TouchpointRecord[]): StoryStep[] {
  const held = project.stages.map((stage, place) => ({
    stage,
    place,
    on: all.filter((one) => one.stage === stage.id),
  }));
  const told = held.filter(({ on }) => on.length > 0);
  if (told.length < 2) return [];
  return told.reverse().map(({ stage, place, on }) => ({
    id: `stage ${stage.id}`,
    part: [`Stage ${place + 1} of ${project.stages.length}`, ...momentOf(stage)].join(" · "),
    title: stage.name,
    text: [`${listed(on)}.`, ...factsOf(stage)].join(" "),
    severity: null,
    show: () => ({ kept: keptOf(stage.id), lit: null }),
  }));
}

/** The moment is told where the stage's own name does not tell it. */
function momentOf({ name, moment }: StageRecord): string[] {
  if (moment === null) return [];
  const words = momentWords[moment];
  return words.toLowerCase() === name.toLowerCase() ? [] : [words];
}

function factsOf({ id }: StageRecord): string[] {
  const share = gaps.summary(id)?.budgetShare ?? null;
  const open = gaps.byStage(id).length;
  return [
    ...(share === null || share === 0 ? [] : [`${Math.round(share * 100)} % of the budget.`]),
    ...(open === 0 ? [] : [`${counted(open, "gap")} open.`]),
  ];
}

/** The worst first; what one rule found is told together. */
function theGaps(): StoryStep[] {
  const groups = new Map<string, GapView[]>();
  for (const gap of gaps.open) {
    const key = `${gap.severity} ${gap.rule}`;
    const group = groups.get(key);
    if (group) group.push(gap);
    else groups.set(key, [gap]);
  }
  return [...groups].map(([id, group]) => {
    const [{ severity, ruleName }] = group as [GapView];
    const reasons = group.slice(0, mostReasons).map(({ message }) => message);
    const more = group.length - reasons.length;
    if (more > 0) reasons.push(`And ${counted(more, "more place", "more places")}.`);
    return {
      id: `gap ${id}`,
      part: group.length === 1 ? `A gap of ${severity} severity` : `${group.length} gaps of ${severity} severity`,
      title: ruleName,
      text: reasons.join(" "),
      severity,
      show: () => ({ kept: null, lit: together(group.map((gap) => lightOf(gap, [], project.links.values()))) }),
    };
  });
}

/** Null when they light nothing: the gap is one of the whole map. */
function together(lights: readonly Lit[]): Lit | null {
  const touchpoints = new Set(lights.flatMap((lit) => [...lit.touchpoints]));
  const links = new Set(lights.flatMap((lit) => [...lit.links]));
  const stages = new Set(lights.flatMap((lit) => [...lit.stages]));
  if (touchpoints.size + links.size > 0) return { touchpoints, links, stages };
  const standing = [...project.touchpoints.values()].filter(({ stage }) => stage !== null && stages.has(stage));
  return standing.length === 0 ? null : { touchpoints: idsOf(standing), links, stages };
}

/** A step that keeps touchpoints, and of the links among them those that `tells`. */
function part(
  id: string,
  name: string,
  title: string,
  text: string,
  touchpoints: ReadonlySet<string>,
  tells: (from: string, to: string) => boolean = () => true,
): StoryStep {
  const show = (): Shown => {
    const links = [...project.links.values()].filter(
      ({ from, to }) => touchpoints.has(from) && touchpoints.has(to) && tells(from, to),
    );
    return { kept: { touchpoints, links: new Set(links.map((link) => link.id)) }, lit: null };
  };
  return { id, part: name, title, text, severity: null, show };
}

function idsOf(rows: readonly { id: string }[]): Set<string> {
  return new Set(rows.map(({ id }) => id));
}

function asSentence(text: string | null): string {
  const whole = (text ?? "").trim();
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}

/** "Spot, Poster and Search"; "Spot, Poster and 4 more". */
function listed(rows: readonly { name: string }[]): string {
  const names = rows.slice(0, rows.length > mostNames ? mostNames - 1 : mostNames).map(({ name }) => name);
  const more = rows.length - names.length;
  if (more > 0) names.push(`${more} more`);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}
