/** Test equipment: how many people take each link, reckoned plainly; circles come to rest within its rounds. */
import type { FlowView } from "../bindings";
import type { Records } from "./records";

const rounds = 60;

export function flowsOf({ touchpoints, links }: Records): FlowView[] {
  const given = new Map(touchpoints.map(({ id, population }) => [id, population]));
  let people = new Map<string, number>();
  for (const [id, count] of given) if (count !== null) people.set(id, count);
  for (let round = 0; round < rounds; round += 1) {
    const next = new Map<string, number>();
    for (const [id, count] of given) if (count !== null) next.set(id, count);
    for (const { from, to, rate } of links) {
      const here = people.get(from);
      if (rate !== null && here !== undefined && given.get(to) === null)
        next.set(to, (next.get(to) ?? 0) + here * rate[1]);
    }
    people = next;
  }
  return links.flatMap(({ id, from, rate }) => {
    const here = people.get(from);
    return rate === null || here === undefined ? [] : [{ link: id, people: here * rate[1] }];
  });
}
