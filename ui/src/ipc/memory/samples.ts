/** The example campaigns as the in-memory host tells them: from the same texts as the program's own. */
import type { SampleView } from "../bindings";
import { sampleTexts } from "./catalogue";
import { layOut } from "./layout";
import { readText } from "./records";

/** What is made for tests alone is no example. */
const ownTexts = new Set(["showcase"]);

export function samples(): SampleView[] {
  const shown = Object.entries(sampleTexts).filter(([name]) => !ownTexts.has(name));
  return shown.map(([name, text]) => {
    const records = readText(text);
    return {
      name,
      title: records.map.title,
      stages: records.stages.map((stage) => stage.name),
      destinations: records.touchpoints.filter(({ kind }) => kind === "destination").map(({ id }) => id),
      links: records.links.map(({ from, to }) => [from, to]),
      layout: layOut(records),
    };
  });
}
