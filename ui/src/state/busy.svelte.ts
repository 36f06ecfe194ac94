/**
 * What the interface waits for: said after half a second, with how long it has taken and a way out after two. While a
 * dialog of the system has the keyboard nothing is waited for; the clock starts when it is closed.
 */
import { type LongCall, onWaiting, type Waiting } from "../ipc";
import { announcer } from "./announcer.svelte";

const words: Record<LongCall, string> = {
  openDialog: "Opening the map",
  openRecent: "Opening the map",
  openSample: "Opening the example",
  newProject: "Starting a new map",
  importAsNew: "Opening what was read",
  saveAsDialog: "Saving",
  saveCopyDialog: "Saving a copy",
  saveNow: "Saving",
  applyEdits: "Working",
  undo: "Working",
  redo: "Working",
  importDialog: "Reading what is to be imported",
  importText: "Reading what was pasted",
  importAgain: "Reading it again",
  importTake: "Importing",
  compare: "Comparing",
  compareDialog: "Comparing",
  lookAt: "Looking up the version",
  lookAs: "Reading the map",
  goBackTo: "Going back",
  revertStep: "Taking it back",
  mergeDialog: "Merging",
  mergeWith: "Merging",
  layOutAnew: "Laying the map out",
  divide: "Laying the map out",
  copyPicture: "Making the picture",
};

export const signAfter = 500;
export const progressAfter = 2000;
const tickEvery = 250;

type Wait = Waiting & { since: number };

class Busy {
  #waits = $state.raw<readonly Wait[]>([]);
  #now = $state.raw(0);
  #timer = 0;

  /** The wait that is said: the oldest one that has taken long enough. */
  readonly #shown: Wait | null = $derived(this.#waits.find(({ since }) => this.#now - since >= signAfter) ?? null);
  /** Empty: nothing is waited for that one would notice. */
  readonly text: string = $derived(this.#shown ? words[this.#shown.call] : "");
  /** Whole seconds, once it takes long; null before. */
  readonly seconds: number | null = $derived(
    this.#shown && this.#now - this.#shown.since >= progressAfter
      ? Math.floor((this.#now - this.#shown.since) / 1000)
      : null,
  );
  /** Null: not long yet, or its answer has to be waited for. */
  readonly giveUp: (() => void) | null = $derived(this.seconds === null ? null : (this.#shown?.giveUp ?? null));

  /** Something is waited for, noticed or not. */
  get waits(): boolean {
    return this.#waits.length > 0;
  }

  begin(waiting: Waiting): void {
    const wait = { ...waiting, since: performance.now() };
    this.#waits = [...this.#waits, wait];
    if (this.#timer === 0) this.#timer = window.setInterval(() => this.#tick(), tickEvery);
    void waiting.over.then((well) => this.#end(waiting, well));
  }

  #end({ call, over }: Waiting, well: boolean): void {
    const said = this.text !== "";
    this.#waits = this.#waits.filter((wait) => wait.call !== call || wait.over !== over);
    if (this.#waits.length > 0) return;
    window.clearInterval(this.#timer);
    this.#timer = 0;
    if (said && well) announcer.say("Done.");
  }

  #tick(): void {
    const said = this.text;
    this.#now = performance.now();
    // A dialog of the system is up: whoever chooses there is not waiting.
    if (!document.hasFocus()) this.#waits = this.#waits.map((wait) => ({ ...wait, since: this.#now }));
    if (this.text !== "" && this.text !== said) announcer.say(`${this.text}…`);
  }
}

export const busy = new Busy();
onWaiting((waiting) => busy.begin(waiting));
