/**
 * Keeps the native menu in step with the window: which actions can be done now, and by which keys. It is told a little
 * after what changed is shown, and only what changed; it decides nothing.
 */
import { on } from "svelte/events";
import { actions, keyOf } from "../actions";
import { meansField } from "../actions/fieldClipboard";
import { host, type MenuItemForm } from "../ipc";

/**
 * Milliseconds after a change: nobody opens a menu sooner, and the thread that sets its items is the one that shows the
 * window's frames, which are first those of the change itself and of a map just opened.
 */
const rest = 250;

/** What undo and redo would do is known on the other side. */
const toldElsewhere = ["undo", "redo"];
/** What these mean, and whether they can be done, is a matter of the field that has the keyboard. */
const alwaysPossible = ["cut", "copy", "paste"];

export function menuItems(): MenuItemForm[] {
  return actions.map(({ id, enabled }) => {
    const possible = alwaysPossible.includes(id) || meansField(id) || enabled();
    return { action: id, enabled: toldElsewhere.includes(id) ? null : possible, key: keyOf(id) };
  });
}

/** Follows for as long as the component lives that calls it. Answers how to tell all of it again. */
export function followInMenu(): () => void {
  let told: ReadonlyMap<string, string> = new Map();
  let last: Promise<void> = Promise.resolve();
  let due = $state(0);
  let done = 0;
  /** Where the keyboard is, as a number that changes with it: an item may mean the field that has it. */
  let moves = $state(0);

  function tell(items: readonly MenuItemForm[]): void {
    const now = new Map(items.map((item) => [item.action, JSON.stringify(item)]));
    const changed = items.filter(({ action }) => told.get(action) !== now.get(action));
    told = now;
    if (changed.length === 0) return;
    // One after the other: what was told last is what the menu shows. What it could not follow is told with the next.
    const forget = () => {
      told = new Map();
    };
    last = last.then(() => host().showMenu(changed)).catch(forget);
  }

  // What is looked at is followed; when some of it changes, a look is due a little later, and followed in its turn.
  $effect(() => {
    if (due > done) {
      done = due;
      void moves;
      tell(menuItems());
      return;
    }
    const timer = window.setTimeout(() => (due += 1), rest);
    return () => window.clearTimeout(timer);
  });
  $effect(() => {
    const stops = ["focusin", "focusout"].map((event) => on(document, event, () => (moves += 1)));
    return () => {
      for (const stop of stops) stop();
    };
  });
  return () => {
    told = new Map();
    due += 1;
  };
}
