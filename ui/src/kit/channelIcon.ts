/**
 * The picture of a channel as Lucide's list of shapes on a 24-pixel grid: for SVG (`ChannelIcon.svelte`) and for
 * canvas paths alike. The list is the one exported pictures are drawn from. A channel that a planner typed freely
 * gets the plain ring.
 */
import list from "../../../assets/channel-icons.json";

export type IconNode = readonly (readonly [
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
])[];

const icons = list.icons as unknown as Readonly<Record<string, IconNode>>;
const channels: Readonly<Record<string, string>> = list.channels;
const plain = icons[list.plain] as IconNode;

/** A picture of the list by the name it has in the set. */
export function iconNode(name: "pin" | "sticky-note"): IconNode {
  return icons[name] ?? plain;
}

export function channelIconNode(channel: string | null): IconNode {
  const name = channel === null || !Object.hasOwn(channels, channel) ? undefined : channels[channel];
  return (name !== undefined && icons[name]) || plain;
}
