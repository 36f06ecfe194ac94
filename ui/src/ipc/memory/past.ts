/**
 * The in-memory host's past: what was done step by step, versions and backups as whole records. It finds states again
 * by the same points as the program does.
 */
import type {
  BackupView,
  DeedView,
  Entity,
  LogForm,
  LogView,
  PastView,
  Point,
  StepView,
  VersionView,
} from "../bindings";
import type { Records } from "./records";

type KeptStep = { view: StepView; before: Records; after: Records };
type Row = { id: string } & Record<string, unknown>;

export const lists: readonly [Exclude<Entity, "map">, keyof Records][] = [
  ["stage", "stages"],
  ["audience", "audiences"],
  ["system", "systems"],
  ["touchpoint", "touchpoints"],
  ["link", "links"],
  ["dismissal", "dismissals"],
];

export class MemoryPast {
  #steps: KeptStep[] = [];
  #versions: { view: VersionView; records: Records }[] = [];
  #backups: { view: BackupView; records: Records }[] = [];
  /** Records of a file that a dialog would have chosen. */
  chosen: Records | null = null;

  step(label: string, kind: string, before: Records, after: Records, author = "Ines", at = new Date().toISOString()) {
    const view = { id: `memory/${this.#steps.length + 1}`, author, at, label, kind, undone: false };
    this.#steps.push({ view, before, after });
  }

  keep(name: string, records: Records, more: Partial<VersionView> = {}): void {
    const id = `version-${this.#versions.length + 1}`;
    const view = { id, name, at: new Date().toISOString(), author: "Ines", automatic: false, ...more };
    this.#versions.unshift({ view, records });
    this.#versions.sort((a, b) => (a.view.at < b.view.at ? 1 : -1));
  }

  backUp(at: string, kilobytes: number, records: Records): void {
    this.#backups.push({ view: { at, kilobytes }, records });
  }

  has(name: string): boolean {
    return this.#versions.some(({ view }) => view.name === name);
  }

  view(): PastView {
    return { versions: this.#versions.map(({ view }) => view), backups: this.#backups.map(({ view }) => view) };
  }

  log({ text, author }: LogForm): LogView {
    const all = this.#steps.map(({ view }) => view).reverse();
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const steps = all.filter(
      (step) =>
        (author === null || step.author === author) && words.every((word) => step.label.toLowerCase().includes(word)),
    );
    const authors = [...new Set(all.map((step) => step.author))].sort();
    return { steps, found: steps.length, all: all.length, authors };
  }

  found(id: string): KeptStep | undefined {
    return this.#steps.find(({ view }) => view.id === id);
  }

  deeds(id: string): DeedView[] {
    const step = this.found(id);
    if (!step) return [];
    return changedRows(step.before, step.after).map(({ entity, id: row, was, is }) => ({
      entity,
      id: row,
      name: String(is?.name ?? was?.name ?? row),
      what: !was
        ? ["added"]
        : !is
          ? ["deleted"]
          : fieldsOf(was, is).map(({ field, from, to }) => `${field}: ${from} → ${to}`),
    }));
  }

  /** The records at a point; null: there is no such point. */
  at(point: Point, now: Records): Records | null {
    switch (point.kind) {
      case "now":
        return now;
      case "version":
        return this.#versions.find(({ view }) => view.id === point.id)?.records ?? null;
      case "backup":
        return this.#backups.find(({ view }) => view.at === point.at)?.records ?? null;
      case "step":
        return this.found(point.id)?.after ?? null;
      default:
        return this.chosen;
    }
  }
}

export type ChangedRow = { entity: Entity; id: string; was: Row | undefined; is: Row | undefined };

export function changedRows(from: Records, to: Records): ChangedRow[] {
  return lists.flatMap(([entity, list]) => {
    const [before, after] = [from[list], to[list]] as unknown as [Row[], Row[]];
    const was = new Map(before.map((row) => [row.id, row]));
    const is = new Map(after.map((row) => [row.id, row]));
    const ids = [...is.keys(), ...[...was.keys()].filter((id) => !is.has(id))];
    return ids
      .filter((id) => JSON.stringify(was.get(id)) !== JSON.stringify(is.get(id)))
      .map((id) => ({ entity, id, was: was.get(id), is: is.get(id) }));
  });
}

export function fieldsOf(was: Row, is: Row): { field: string; from: string; to: string }[] {
  const shown = (value: unknown) => (value === null || value === undefined ? "empty" : String(value));
  return Object.keys(is)
    .filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
    .map((field) => ({ field: field.replaceAll("_", " "), from: shown(was[field]), to: shown(is[field]) }));
}
