/**
 * Whether the map is being presented, and which step of its story is told. It follows the map: a step that is gone
 * gives way to the one in its place. It moves no window and no map; those look at it.
 */
import { project } from "./project.svelte";
import { session } from "./session.svelte";
import { type Shown, type StoryStep, story } from "./story";

const nothing: readonly StoryStep[] = [];

class Presentation {
  #began = $state.raw(false);
  #at = $state.raw({ id: "", place: 0 });

  readonly active: boolean = $derived(this.#began && session.screen === "map" && project.touchpointIds.length > 0);
  readonly steps: readonly StoryStep[] = $derived(this.active ? story() : nothing);
  readonly place: number = $derived.by(() => {
    const found = this.steps.findIndex(({ id }) => id === this.#at.id);
    return found >= 0 ? found : Math.max(0, Math.min(this.#at.place, this.steps.length - 1));
  });
  /** Null: nothing is presented. */
  readonly step: StoryStep | null = $derived(this.steps[this.place] ?? null);
  readonly shown: Shown | null = $derived(this.step?.show() ?? null);

  begin(): void {
    this.#at = { id: "", place: 0 };
    this.#began = true;
  }

  end(): void {
    this.#began = false;
  }

  /** To a step by its place; before the first and after the last there is none. */
  go(place: number): void {
    const step = this.steps[place];
    if (step) this.#at = { id: step.id, place };
  }

  next(): void {
    this.go(this.place + 1);
  }

  previous(): void {
    this.go(this.place - 1);
  }

  get first(): boolean {
    return this.place === 0;
  }

  get last(): boolean {
    return this.place >= this.steps.length - 1;
  }
}

export const presentation = new Presentation();
