/** Svelte Flow behind the same door as the other engines. */
import { flushSync, mount } from "svelte";
import Flow from "./Flow.svelte";
import type { OpenPeer, Peer } from "./peer";

export const openSvelteFlow: OpenPeer = (ground, picture) => {
  let door: Omit<Peer, "add"> | null = null;
  const onready = (peer: Omit<Peer, "add">) => {
    door = peer;
  };
  const flow = mount(Flow, { target: ground, props: { picture, onready } });
  flushSync();
  if (door === null) throw new Error("Svelte Flow did not open.");
  return { ...(door as Omit<Peer, "add">), add: flow.add };
};
