/** What the in-memory host ships, read from the program's own assets: frameworks, channels and the example maps. */
import { parse } from "smol-toml";
import channelsText from "../../../../assets/channels.toml?raw";
import frameworksText from "../../../../assets/frameworks.toml?raw";
import type { ChannelView, FrameworkView } from "../bindings";
import showcase from "./showcase.json";

type ChannelTable = Omit<ChannelView, "twoWay" | "pickUp"> & { two_way: boolean; pick_up: boolean };
type FrameworkTable = Omit<FrameworkView, "isDefault"> & { default: boolean };

/** The tables of one name, as they stand in the file. */
function tables<Shape>(text: string, name: string): Shape[] {
  return parse(text)[name] as unknown as Shape[];
}

export const channels: ChannelView[] = tables<ChannelTable>(channelsText, "channel").map(
  ({ two_way, pick_up, ...rest }) => ({ ...rest, twoWay: two_way, pickUp: pick_up }),
);

export const frameworks: FrameworkView[] = tables<FrameworkTable>(frameworksText, "framework").map(
  ({ default: isDefault, ...rest }) => ({ ...rest, isDefault }),
);

const files = import.meta.glob<string>("../../../../assets/samples/*.backcast.json", {
  eager: true,
  query: "?raw",
  import: "default",
});

/** The example maps in their text form, by file name without its endings, and one that has something of everything. */
export const sampleTexts: Record<string, Record<string, unknown>> = {
  ...Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path.replace(/^.*\/|\.backcast\.json$/g, ""), JSON.parse(text)]),
  ),
  showcase,
};

/** A large map for trying out speed: `count` touchpoints over six stages, two links each. The same every time. */
export function bigText(count: number): Record<string, unknown> {
  const stages = ["Unaware", "Discover", "Explore", "Engage", "Buy", "Advocate"].map((name) => ({
    id: name.toLowerCase(),
    name,
    moment: "considering",
  }));
  const random = seeded(7);
  const touchpoints = Array.from({ length: count }, (_, index) => {
    const stage = Math.min(5, Math.floor((index / count) * 6));
    const channel = channels[Math.floor(random() * channels.length)];
    const destination = stage === 4 && index % 40 === 0;
    return {
      id: `t${index}`,
      name: `${channel?.name} ${index}`,
      kind: destination ? "destination" : "driver",
      stage: stages[stage]?.id,
      channel: channel?.id,
    };
  });
  const links = touchpoints.flatMap((touchpoint, index) =>
    [1, 2].map(() => {
      const ahead = Math.min(count - 1, index + 1 + Math.floor(random() * (count / 6)));
      return { from: touchpoint.id, to: `t${ahead}`, cta: "Learn more" };
    }),
  );
  return { title: `${count} touchpoints`, stages, touchpoints, links };
}

/** A small linear congruential generator (Numerical Recipes): numbers in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
