/**
 * What is selected: touchpoints, links, and the one that a key acts on (the primary).
 * Sets are replaced, never changed in place. It knows ids only, not what they stand for.
 */
export type Primary = { kind: "touchpoint" | "link"; id: string };

const empty: ReadonlySet<string> = new Set();

export class Selection {
  touchpoints = $state.raw<ReadonlySet<string>>(empty);
  links = $state.raw<ReadonlySet<string>>(empty);
  primary = $state.raw<Primary | null>(null);

  /** The primary touchpoint's id, or null when a link or nothing is selected. */
  get touchpoint(): string | null {
    return this.primary?.kind === "touchpoint" ? this.primary.id : null;
  }

  get link(): string | null {
    return this.primary?.kind === "link" ? this.primary.id : null;
  }

  get size(): number {
    return this.touchpoints.size + this.links.size;
  }

  select(id: string): void {
    this.#set([id], [], { kind: "touchpoint", id });
  }

  selectLink(id: string): void {
    this.#set([], [id], { kind: "link", id });
  }

  /** Shift+click: adds or takes away one touchpoint. */
  toggle(id: string): void {
    const touchpoints = new Set(this.touchpoints);
    if (!touchpoints.delete(id)) touchpoints.add(id);
    const last = touchpoints.has(id) ? id : [...touchpoints].at(-1);
    this.#set(touchpoints, this.links, last === undefined ? null : { kind: "touchpoint", id: last });
  }

  /** Shift+arrow: one more, and that one is what keys act on from now. */
  extend(id: string): void {
    this.#set([...this.touchpoints, id], this.links, { kind: "touchpoint", id });
  }

  /** Marquee and select all. The primary stays when it is among them. */
  selectMany(touchpoints: Iterable<string>, links: Iterable<string> = []): void {
    const ids = new Set(touchpoints);
    const linkIds = new Set(links);
    const kept = this.primary && (this.primary.kind === "touchpoint" ? ids : linkIds).has(this.primary.id);
    this.#set(ids, linkIds, kept ? this.primary : foremost(ids, linkIds));
  }

  clear(): void {
    if (this.size > 0) this.#set([], [], null);
  }

  /** Drops rows that no longer exist. */
  forget(touchpoints: readonly string[], links: readonly string[]): void {
    const hit = touchpoints.some((id) => this.touchpoints.has(id)) || links.some((id) => this.links.has(id));
    if (!hit) return;
    const gone = new Set([...touchpoints, ...links]);
    const kept = [...this.touchpoints].filter((id) => !gone.has(id));
    const keptLinks = [...this.links].filter((id) => !gone.has(id));
    const primary = this.primary && !gone.has(this.primary.id) ? this.primary : null;
    this.#set(kept, keptLinks, primary ?? foremost(kept.toReversed(), keptLinks));
  }

  /** Drops what a map shown anew does not have. */
  keepOnly(touchpoints: ReadonlyMap<string, unknown>, links: ReadonlyMap<string, unknown>): void {
    this.forget(
      [...this.touchpoints].filter((id) => !touchpoints.has(id)),
      [...this.links].filter((id) => !links.has(id)),
    );
  }

  #set(touchpoints: Iterable<string>, links: Iterable<string>, primary: Primary | null): void {
    this.touchpoints = new Set(touchpoints);
    this.links = new Set(links);
    this.primary = primary;
  }
}

/** A touchpoint before a link, the first of each. */
function foremost(touchpoints: Iterable<string>, links: Iterable<string>): Primary | null {
  for (const id of touchpoints) return { kind: "touchpoint", id };
  for (const id of links) return { kind: "link", id };
  return null;
}

export const selection = new Selection();
