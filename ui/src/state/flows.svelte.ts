/** How many people take each link, as far as the map's numbers say; as the program reckoned it. */
import type { FlowView } from "../ipc";

/** Weights come in so many steps: a little more here does not repaint every link there. */
const steps = 24;

class Flows {
  #people = $state.raw<ReadonlyMap<string, number>>(new Map());
  #most = $derived(greatest(this.#people.values()));

  /** Undefined: nobody knows. */
  people(link: string): number | undefined {
    return this.#people.get(link);
  }

  /** From 0, nobody, to 1, the most on this map: the root of its share, since an area is what the eye compares. */
  weight(link: string): number | undefined {
    const people = this.#people.get(link);
    if (people === undefined) return undefined;
    return this.#most === 0 ? 0 : Math.ceil(Math.sqrt(people / this.#most) * steps) / steps;
  }

  /** Another object for other flows, for whoever remembers which it has seen. */
  get all(): ReadonlyMap<string, number> {
    return this.#people;
  }

  replace(list: readonly FlowView[]): void {
    if (list.length === 0 && this.#people.size === 0) return;
    this.#people = new Map(list.map(({ link, people }) => [link, people]));
  }
}

function greatest(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return most;
}

export const flows = new Flows();
