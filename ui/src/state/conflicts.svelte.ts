/**
 * Places of the map that were written on both sides, as the program told them last: in a list, and by the touchpoint
 * on which they show. Which write is kept is not decided here.
 */
import type { ConflictView } from "../ipc";
import type { Lit } from "./evidence.svelte";

class Conflicts {
  list = $state.raw<readonly ConflictView[]>([]);
  readonly #byTouchpoint: ReadonlyMap<string, readonly ConflictView[]> = $derived(byTouchpoint(this.list));

  at(touchpoint: string): readonly ConflictView[] {
    return this.#byTouchpoint.get(touchpoint) ?? [];
  }

  /** Ids of the touchpoints that show one. */
  get touchpoints(): ReadonlyMap<string, unknown> {
    return this.#byTouchpoint;
  }
}

/** Names a conflict in the list. */
export function keyOf({ entity, id, field }: ConflictView): string {
  return `${entity}/${id}/${field}`;
}

/** What to light on the map for one. */
export function lightOfConflict({ entity, id, touchpoints }: ConflictView): Lit {
  const links = new Set(entity === "link" ? [id] : []);
  const stages = new Set(entity === "stage" ? [id] : []);
  return { touchpoints: new Set(touchpoints), links, stages };
}

function byTouchpoint(list: readonly ConflictView[]): ReadonlyMap<string, readonly ConflictView[]> {
  const found = new Map<string, ConflictView[]>();
  for (const conflict of list)
    for (const id of conflict.touchpoints) {
      const here = found.get(id);
      if (here) here.push(conflict);
      else found.set(id, [conflict]);
    }
  return found;
}

export const conflicts = new Conflicts();
