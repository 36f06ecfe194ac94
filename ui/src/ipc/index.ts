/** The one host of this window. Set once at start; tests set their own. */
import type { Host } from "./host";
import { watched } from "./waiting";

export type * from "./bindings";

/** A field's value as JSON carries it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
export {
  type ChangedEvent,
  type ComparisonView,
  type GapReport,
  type GapsEvent,
  type Host,
  type HostEvents,
  type OpenedEvent,
  ProblemError,
  type ProjectView,
  type StartView,
  type StopListening,
} from "./host";

export type { GapView, LinkRecord, TouchpointRecord } from "./rows";
export { GaveUp, type LongCall, onWaiting, type Waiting } from "./waiting";

let current: Host | null = null;

export function setHost(host: Host): void {
  current = watched(host);
}

export function host(): Host {
  if (!current) throw new Error("The host is set before anything is shown.");
  return current;
}
