/**
 * Which keys an action answers to: those that ship with it, or those that the planner put in their place on this
 * computer. One key means one action: what is given to one is taken from the others. It matches no event: that is the
 * keyboard router's.
 */
const keptUnder = "backcast.keys";

/** What is known of an action here: its id and the keys that ship with it. */
type Keyed = { id: string; key: string | null; otherKeys?: readonly string[] };
type Own = Readonly<Record<string, readonly string[]>>;

class ActionKeys {
  /** By action id; an empty list: the action has no key any more. */
  #own = $state.raw<Own>({});

  /** Takes the keys from the last time, and those that another window gives from then on. */
  restore(): void {
    this.#own = read(localStorage.getItem(keptUnder));
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key === keptUnder) this.#own = read(newValue);
    });
  }

  get changed(): boolean {
    return Object.keys(this.#own).length > 0;
  }

  isChanged(action: Keyed): boolean {
    return this.#own[action.id] !== undefined;
  }

  /** All keys of an action, the one to be shown first. */
  of(action: Keyed): readonly string[] {
    return this.#own[action.id] ?? shipped(action);
  }

  /** The key to be shown. */
  shown(action: Keyed): string | null {
    return this.of(action)[0] ?? null;
  }

  /** Who has a key already, the action itself aside. */
  holders<Some extends Keyed>(key: string, but: Keyed, among: readonly Some[]): Some[] {
    return among.filter((action) => action.id !== but.id && this.of(action).includes(key));
  }

  /** From now on the action answers to this key alone, and nobody else does. */
  give(action: Keyed, key: string, among: readonly Keyed[]): void {
    const next: Record<string, readonly string[]> = { ...this.#own, [action.id]: [key] };
    for (const other of this.holders(key, action, among)) next[other.id] = this.of(other).filter((one) => one !== key);
    this.#keep(next);
  }

  take(action: Keyed): void {
    this.#keep({ ...this.#own, [action.id]: [] });
  }

  /** Back to what ships; those who were given one of its keys meanwhile lose it again. */
  reset(action: Keyed): void {
    const back = shipped(action);
    const rest = Object.entries(this.#own).filter(([id]) => id !== action.id);
    this.#keep(Object.fromEntries(rest.map(([id, list]) => [id, list.filter((key) => !back.includes(key))])));
  }

  resetAll(): void {
    this.#keep({});
  }

  #keep(next: Own): void {
    this.#own = next;
    if (this.changed) localStorage.setItem(keptUnder, JSON.stringify(next));
    else localStorage.removeItem(keptUnder);
  }
}

function shipped({ key, otherKeys = [] }: Keyed): readonly string[] {
  return key === null ? otherKeys : [key, ...otherKeys];
}

/** What is not of the shape that was written is passed over: the keys that ship are always there to fall back on. */
function read(text: string | null): Own {
  try {
    const kept: unknown = JSON.parse(text ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    const isList = (list: unknown) => Array.isArray(list) && list.every((key) => typeof key === "string");
    return Object.fromEntries(Object.entries(kept).filter(([, list]) => isList(list)));
  } catch {
    return {};
  }
}

export const keys = new ActionKeys();
