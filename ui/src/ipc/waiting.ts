/**
 * The one door where calls that may take long are seen while they are under way, so that the interface can say that it
 * waits, and let go of answers that it only wants to look at. What was called goes on; only its answer is not taken.
 */
import type { Host } from "./host";

/** Calls that may take long, and whether their answer can be let go of: it changes nothing by itself. */
const long = {
  openDialog: false,
  openRecent: false,
  openSample: false,
  newProject: false,
  importAsNew: false,
  saveAsDialog: false,
  saveCopyDialog: false,
  saveNow: false,
  applyEdits: false,
  undo: false,
  redo: false,
  importDialog: true,
  importText: true,
  importAgain: false,
  importTake: false,
  compare: true,
  compareDialog: true,
  lookAt: true,
  lookAs: false,
  goBackTo: false,
  revertStep: false,
  mergeDialog: false,
  mergeWith: false,
  layOutAnew: false,
  divide: false,
  copyPicture: false,
} as const satisfies Partial<Record<keyof Host, boolean>>;

export type LongCall = keyof typeof long;

export type Waiting = {
  call: LongCall;
  /** Comes when the answer is there, whatever it is: whether it is what was asked for, and no refusal. */
  over: Promise<boolean>;
  /** Null: nobody can let go of this one. */
  giveUp: (() => void) | null;
};

/** Whoever asked has let go of the answer. No refusal and no defect. */
export class GaveUp extends Error {
  constructor() {
    super("The answer is not wanted any more.");
    this.name = "GaveUp";
  }
}

let listener: ((waiting: Waiting) => void) | null = null;

/** Tells of every long call from now on; one listener at a time. */
export function onWaiting(tell: (waiting: Waiting) => void): void {
  listener = tell;
}

/** The same host, whose long calls are seen. */
export function watched(host: Host): Host {
  return new Proxy(host, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== "function") return found;
      const method = (...given: unknown[]): unknown => Reflect.apply(found, target, given);
      if (!isLong(name)) return method;
      return (...given: unknown[]) => seen(name, Promise.resolve(method(...given)));
    },
  });
}

function isLong(name: string | symbol): name is LongCall {
  return typeof name === "string" && Object.hasOwn(long, name);
}

function seen(call: LongCall, answer: Promise<unknown>): Promise<unknown> {
  const well = () => true;
  const refused = () => false;
  if (!long[call]) {
    listener?.({ call, over: answer.then(well, refused), giveUp: null });
    return answer;
  }
  let giveUp = (): void => undefined;
  const given = new Promise<never>((_, reject) => {
    giveUp = () => reject(new GaveUp());
  });
  const first = Promise.race([answer, given]);
  listener?.({ call, over: first.then(well, refused), giveUp });
  return first;
}
