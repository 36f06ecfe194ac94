/** The list of channel icons is generated (`scripts/channel-icons.mjs`); it must not fall behind its sources. */
import * as lucide from "lucide";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import channelsText from "../../../assets/channels.toml?raw";
import { channelIconNode } from "../../src/kit/channelIcon";

const shapes = Object.values(lucide).map((icon) => JSON.stringify(icon));
const channels = (parse(channelsText) as { channel: { id: string }[] }).channel.map(({ id }) => id);
const plain = channelIconNode(null);

test("every channel of the catalogue has a picture of its own, which Lucide draws the same", () => {
  for (const id of channels) {
    const icon = channelIconNode(id);
    expect(icon, id).not.toBe(plain);
    expect(shapes, id).toContain(JSON.stringify(icon));
  }
});

test("a channel that was typed freely has the plain ring", () => {
  for (const typed of ["A board at the bus stop", "constructor", "__proto__"])
    expect(channelIconNode(typed)).toBe(plain);
});
