/** What map and outline show of a comparison: a sign and words for every card and link that is different. */
import type { ComparisonView, MarkView } from "../ipc";
import { fateTones, markWords, type Tone } from "./differenceWords";

type Mark = { tone: Tone; words: string; gone: boolean };
export type Marks = {
  touchpoints: ReadonlyMap<string, Mark>;
  links: ReadonlyMap<string, Mark>;
  shifts: ReadonlyMap<string, string>;
};

export function marksOf(view: ComparisonView): Marks {
  const words = markWords(view);
  const told = (marks: readonly MarkView[]) =>
    new Map(
      marks.flatMap(({ id, fate, of }): [string, Mark][] => {
        const tone = fateTones[fate];
        if (tone === null) return [];
        const gone = fate === "left" || fate === "removed";
        return [[id, { tone, gone, words: fate === "left" ? "stood here" : (words.get(of) ?? tone) }]];
      }),
    );
  const left = view.touchpoints.filter(({ fate }) => fate === "left");
  return {
    touchpoints: told(view.touchpoints),
    links: told(view.links),
    shifts: new Map(left.map(({ id, of }) => [id, of])),
  };
}
