/** Puts a destination on the map at once, of the rank that is being asked for. */
import type { ChannelView } from "../ipc";
import { addTouchpoint } from "./pick";

export type Rank = "ultimate" | "intermediate";

export async function addDestinationIn(channel: ChannelView, rank: Rank): Promise<void> {
  const request = { anchor: null, direction: "upstream", mode: "destination", at: null, rank } as const;
  await addTouchpoint(request, channel.name, channel);
}
