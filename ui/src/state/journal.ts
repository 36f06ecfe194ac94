/**
 * Which rows changed since it was last asked: for the one reader that follows a large map change by change (the
 * canvas). It holds ids only; what became of a row, the reader looks up.
 */
export class Journal {
  #ids = new Set<string>();

  note(ids: Iterable<string>): void {
    for (const id of ids) this.#ids.add(id);
  }

  /** All ids since the last time, each once. */
  take(): ReadonlySet<string> {
    const taken = this.#ids;
    this.#ids = new Set();
    return taken;
  }
}
