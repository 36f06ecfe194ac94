/**
 * Rule settings that have been sent and have not come back yet. The next change must build on them, not on what the
 * map still says: leaving a field and pressing a switch are two changes within one click. It writes nothing itself.
 */
import type { MapRecord } from "../ipc";

type Settings = MapRecord["rules"];

class SentRules {
  #sent: Settings[] = [];
  #known: Settings = {};

  /** What the next change builds on. */
  get newest(): Settings {
    return this.#sent.at(-1) ?? this.#known;
  }

  send(settings: Settings): void {
    this.#sent.push(settings);
  }

  /** What was sent came to nothing, or another map is shown. */
  startFrom(settings: Settings): void {
    this.#sent = [];
    this.#known = settings;
  }

  refused(): void {
    this.#sent = [];
  }

  /** The map says this now. Anything but what was sent (an undo, somebody else) overrules what was. */
  seen(settings: Settings): void {
    if (sameSettings(settings, this.#known)) return;
    this.#known = settings;
    const place = this.#sent.findIndex((one) => sameSettings(one, settings));
    this.#sent = place < 0 ? [] : this.#sent.slice(place + 1);
  }
}

export function sameSettings(a: Settings, b: Settings): boolean {
  return sorted(a) === sorted(b);
}

function sorted(settings: Settings): string {
  return JSON.stringify(settings, (_, value) =>
    value !== null && typeof value === "object"
      ? Object.fromEntries(Object.entries(value as object).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

export const sentRules = new SentRules();
