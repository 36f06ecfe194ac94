/**
 * What the picker offers, in order, for a request and the text typed so far. Pure: it reads state and answers a list;
 * showing it and taking from it are done elsewhere.
 */
import type { Pick } from "../actions/pick";
import type { ChannelView, StageRecord } from "../ipc";
import type { PickerRequest } from "../state/intentions.svelte";
import { project } from "../state/project.svelte";
import { session } from "../state/session.svelte";
import { destinationChannels, fits, usualStage } from "../state/usual";

export type Choice = { id: string; label: string; detail: string; channel: string | null; pick: Pick };
export type ChoiceGroup = { title: string; choices: Choice[] };

/** More than this many touchpoints are only shown once something is typed. */
const touchpointsAtFirst = 5;
const touchpointsAtMost = 40;

export function choicesFor(request: PickerRequest, text: string): ChoiceGroup[] {
  const typed = fold(text.trim());
  if (request.mode === "link") return filled([existingGroup(request, typed, touchpointsAtMost)]);
  const stage = stageOf(request);
  const usual = usualChannels(request, stage);
  const others = session.channels.filter((channel) => !usual.includes(channel));
  const groups = [
    channelGroup(usualTitle(request, stage), usual, typed),
    ...(request.mode === "add" && request.anchor !== null
      ? [existingGroup(request, typed, typed === "" ? touchpointsAtFirst : touchpointsAtMost)]
      : []),
    channelGroup(usual.length > 0 ? "Other channels" : "Channels", others, typed),
  ];
  return withOwnName(filled(typed === "" ? groups : bestFirst(groups, typed)), text.trim());
}

export function pickerTitle(request: PickerRequest): string {
  const name = request.anchor === null ? "" : (project.touchpoint(request.anchor)?.name ?? "");
  if (request.mode === "destination") return "Where should people end up?";
  if (request.anchor === null) return meetTitle(stageOf(request));
  if (request.link !== undefined && request.direction === "upstream") return `What leads to “${name}” instead?`;
  if (request.link !== undefined) return `Where does “${name}” lead instead?`;
  if (request.mode === "link") return `Where does “${name}” lead?`;
  if (request.direction === "upstream") return `What brings people to “${name}”?`;
  if (request.direction === "downstream") return `Where do people go after “${name}”?`;
  return `What else, beside “${name}”?`;
}

function meetTitle(stage: StageRecord | undefined): string {
  return stage ? `What do people meet in “${stage.name}”?` : "What do people meet?";
}

function stageOf(request: PickerRequest): StageRecord | undefined {
  if (request.stage) return project.stage(request.stage);
  const anchor = request.anchor === null ? undefined : project.touchpoint(request.anchor);
  return usualStage(anchor, request.direction);
}

function usualChannels(request: PickerRequest, stage: StageRecord | undefined): ChannelView[] {
  if (request.mode === "destination") return destinationChannels();
  return stage ? session.channels.filter((channel) => fits(channel, stage)) : [];
}

function usualTitle(request: PickerRequest, stage: StageRecord | undefined): string {
  if (request.mode === "destination") return "Where campaigns often lead";
  return stage ? `Usual in ${stage.name}` : "Channels";
}

function channelGroup(title: string, channels: readonly ChannelView[], typed: string): ChoiceGroup {
  const matching = channels.filter((channel) => matches(channel.name, typed) || matches(channel.group, typed));
  return { title, choices: matching.map(channelChoice) };
}

function channelChoice(channel: ChannelView): Choice {
  const detail = channel.group === channel.name ? "" : channel.group;
  return {
    id: `channel:${channel.id}`,
    label: channel.name,
    detail,
    channel: channel.id,
    pick: { kind: "channel", channel },
  };
}

function existingGroup(request: PickerRequest, typed: string, limit: number): ChoiceGroup {
  const choices: Choice[] = [];
  const taken = alreadyLinked(request);
  for (const touchpoint of project.touchpoints.values()) {
    if (taken.has(touchpoint.id) || !matches(touchpoint.name, typed)) continue;
    const detail = project.stage(touchpoint.stage)?.name ?? "";
    const pick = { kind: "existing", id: touchpoint.id } as const;
    choices.push({
      id: `touchpoint:${touchpoint.id}`,
      label: touchpoint.name,
      detail,
      channel: touchpoint.channel,
      pick,
    });
    if (choices.length === limit) break;
  }
  return { title: "On the map already", choices };
}

function alreadyLinked({ anchor, direction }: PickerRequest): Set<string> {
  if (anchor === null) return new Set();
  const ends =
    direction === "upstream"
      ? project.incoming(anchor).map((id) => project.link(id)?.from)
      : project.outgoing(anchor).map((id) => project.link(id)?.to);
  return new Set([anchor, ...ends.filter((id) => id !== undefined)]);
}

/** Typed text puts the group with the best match first: a name that begins with it beats one that contains it. */
function bestFirst(groups: readonly ChoiceGroup[], typed: string): ChoiceGroup[] {
  const sorted = groups.map((group) => ({
    ...group,
    choices: [...group.choices].sort((a, b) => closeness(a.label, typed) - closeness(b.label, typed)),
  }));
  const best = (group: ChoiceGroup) => (group.choices[0] ? closeness(group.choices[0].label, typed) : 9);
  return sorted.sort((a, b) => best(a) - best(b));
}

function closeness(label: string, typed: string): number {
  const text = fold(label);
  if (text === typed) return 0;
  if (text.startsWith(typed)) return 1;
  return text.split(/\s+/).some((word) => word.startsWith(typed)) ? 2 : 3;
}

/** What was typed is a name, too: last when channels match, the only choice when none does. */
function withOwnName(groups: ChoiceGroup[], text: string): ChoiceGroup[] {
  const exact = groups.some((group) => group.choices.some((choice) => fold(choice.label) === fold(text)));
  if (text === "" || exact) return groups;
  const pick: Pick = { kind: "named", name: text };
  const choice = { id: "named", label: `Add “${text}”`, detail: "without a channel", channel: null, pick };
  return [...groups, { title: "A name of your own", choices: [choice] }];
}

function filled(groups: readonly ChoiceGroup[]): ChoiceGroup[] {
  return groups.filter((group) => group.choices.length > 0);
}

function matches(text: string, typed: string): boolean {
  return typed === "" || fold(text).includes(typed);
}

/** Lower case without accents and hyphens, so that "cafe" finds "Café" and "email" finds "E-mail". */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Pd}]/gu, "")
    .toLowerCase();
}
