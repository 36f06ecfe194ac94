/**
 * Which host this window talks to. In the shipped app there is one answer; the in-memory host is reached only in
 * development and test builds, so that the bundler leaves it out of a production build.
 */
import type { Host } from "./host";
import { runsInTauri, tauriHost } from "./tauriHost";

export async function chooseHost(): Promise<Host> {
  if (import.meta.env.MODE === "production" || runsInTauri()) return tauriHost;
  const [{ MemoryHost }, { bigText, sampleTexts }, { withNumbers }] = await Promise.all([
    import("./memoryHost"),
    import("./memory/catalogue"),
    import("./memory/numbers"),
  ]);
  const query = new URLSearchParams(location.search);
  const name = query.get("map");
  const stages = [{ id: "discover", name: "Discover", moment: "aware" }];
  const made: Record<string, () => Record<string, unknown>> = {
    big: () => bigText(Number(query.get("count") ?? 1000)),
    numbers: () => withNumbers(sampleTexts.showcase ?? {}),
    empty: () => ({ title: "Untitled map", stages }),
  };
  const text = name === null ? null : (made[name]?.() ?? sampleTexts[name]);
  return new MemoryHost(text ?? null, query.has("team"));
}
