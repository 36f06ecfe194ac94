/**
 * The open project: records by id, in the planner's order, with counters that say when they changed.
 * Records are plain and replaced whole (no deep proxies: a map may hold 5,000 touchpoints); reading through the
 * methods subscribes to the counter. It holds only what came from the host, and never changes a record itself.
 */
import type {
  AudienceRecord,
  DismissalRecord,
  LinkRecord,
  MapRecord,
  StageRecord,
  SystemRecord,
  TouchpointRecord,
} from "../ipc";
import { Journal } from "./journal";

const untitled: MapRecord = {
  title: "",
  theme: null,
  objective: null,
  starts_on: null,
  ends_on: null,
  currency: null,
  framework: null,
  rules: {},
};

const none: readonly string[] = [];

export class Project {
  /** What names it in all its copies, whatever its title. */
  id = $state.raw("");
  revision = $state.raw(0);
  map = $state.raw<MapRecord>(untitled);
  stages = $state.raw<readonly StageRecord[]>([]);
  audiences = $state.raw<readonly AudienceRecord[]>([]);
  systems = $state.raw<readonly SystemRecord[]>([]);
  dismissals = $state.raw<readonly DismissalRecord[]>([]);
  /** All touchpoint ids in the planner's order. */
  touchpointIds = $state.raw<readonly string[]>([]);
  linkIds = $state.raw<readonly string[]>([]);
  /** Grows with every change of a touchpoint, a link or their order. */
  version = $state.raw(0);
  /** Grows when all rows are replaced, by another project or a reading of this one: whoever keeps them starts afresh. */
  openings = $state.raw(0);
  /** Grows only when another project is shown: whoever keeps a place in it starts afresh. */
  projects = $state.raw(0);

  /** Added, changed and removed rows, for the canvas. Another project is told by `openings` alone. */
  readonly touchpointJournal = new Journal();
  readonly linkJournal = new Journal();
  #touchpoints = new Map<string, TouchpointRecord>();
  #links = new Map<string, LinkRecord>();
  #outgoing = new Map<string, string[]>();
  #incoming = new Map<string, string[]>();

  touchpoint(id: string): TouchpointRecord | undefined {
    void this.version;
    return this.#touchpoints.get(id);
  }

  link(id: string): LinkRecord | undefined {
    void this.version;
    return this.#links.get(id);
  }

  stage(id: string | null): StageRecord | undefined {
    return this.stages.find((stage) => stage.id === id);
  }

  audience(id: string): AudienceRecord | undefined {
    return this.audiences.find((audience) => audience.id === id);
  }

  /** The live map of records, for painters that walk all of them. Read `version` to know when to look again. */
  get touchpoints(): ReadonlyMap<string, TouchpointRecord> {
    void this.version;
    return this.#touchpoints;
  }

  get links(): ReadonlyMap<string, LinkRecord> {
    void this.version;
    return this.#links;
  }

  /** Ids of the links that start at a touchpoint. */
  outgoing(id: string): readonly string[] {
    void this.version;
    return this.#outgoing.get(id) ?? none;
  }

  /** Ids of the links that end at a touchpoint. */
  incoming(id: string): readonly string[] {
    void this.version;
    return this.#incoming.get(id) ?? none;
  }

  /** Replaces everything: another project is shown. */
  replace(records: { touchpoints: readonly TouchpointRecord[]; links: readonly LinkRecord[] }): void {
    this.#touchpoints = new Map(records.touchpoints.map((row) => [row.id, row]));
    this.#links = new Map(records.links.map((row) => [row.id, row]));
    this.touchpointIds = records.touchpoints.map((row) => row.id);
    this.#indexLinks();
    this.version += 1;
    this.openings += 1;
  }

  /** Takes changed and removed rows; `order` is given when touchpoints moved other than by appending. */
  patch(rows: {
    touchpoints: readonly TouchpointRecord[];
    removedTouchpoints: readonly string[];
    links: readonly LinkRecord[];
    removedLinks: readonly string[];
    order: readonly string[] | null;
  }): void {
    this.touchpointJournal.note([...rows.touchpoints.map((row) => row.id), ...rows.removedTouchpoints]);
    this.linkJournal.note([...rows.links.map((row) => row.id), ...rows.removedLinks]);
    const appended = rows.touchpoints.filter((row) => !this.#touchpoints.has(row.id)).map((row) => row.id);
    for (const row of rows.touchpoints) this.#touchpoints.set(row.id, row);
    for (const id of rows.removedTouchpoints) this.#touchpoints.delete(id);
    this.#reorder(appended, rows.removedTouchpoints.length > 0, rows.order);
    for (const row of rows.links) this.#links.set(row.id, row);
    for (const id of rows.removedLinks) this.#links.delete(id);
    if (rows.links.length + rows.removedLinks.length > 0) this.#indexLinks();
    this.version += 1;
  }

  #reorder(appended: readonly string[], shrunk: boolean, order: readonly string[] | null): void {
    if (order) {
      this.touchpointIds = order;
    } else if (appended.length > 0 || shrunk) {
      const kept = shrunk ? this.touchpointIds.filter((id) => this.#touchpoints.has(id)) : this.touchpointIds;
      this.touchpointIds = [...kept, ...appended.filter((id) => this.#touchpoints.has(id))];
    }
  }

  #indexLinks(): void {
    this.#outgoing = new Map();
    this.#incoming = new Map();
    for (const link of this.#links.values()) {
      push(this.#outgoing, link.from, link.id);
      push(this.#incoming, link.to, link.id);
    }
    this.linkIds = [...this.#links.keys()];
  }
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

export const project = new Project();
