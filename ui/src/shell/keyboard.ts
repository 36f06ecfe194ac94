/**
 * The keyboard router: from a key press to an action. Keys match on the character typed, since keyboards differ; what
 * is being typed into a field stays there, and a dialog or menu keeps its own keys.
 */
import { type Action, actions } from "../actions";
import { perform } from "../actions/perform";
import { isComposing } from "../kit/composing";
import { dialogs } from "../state/dialogs.svelte";
import { intentions } from "../state/intentions.svelte";
import { keys } from "../state/keys.svelte";
import { panes } from "../state/panes.svelte";
import { presentation } from "../state/presentation.svelte";

const modifiers = ["Ctrl", "Alt", "Shift"] as const;

/** The chord of an event, as actions write it: "Ctrl+Shift+Z". On a Mac, Command is Ctrl. */
export function chordOf(event: KeyboardEvent): string {
  const held = { Ctrl: event.ctrlKey || event.metaKey, Alt: event.altKey, Shift: event.shiftKey };
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return [...modifiers.filter((name) => held[name]), key].join("+");
}

/** The chords under which an action may be known: with Shift, and without where Shift only makes the character. */
function spellings(event: KeyboardEvent): string[] {
  const chord = chordOf(event);
  return event.shiftKey && isSign(event) ? [chord, chord.replace("Shift+", "")] : [chord];
}

function isSign({ key }: KeyboardEvent): boolean {
  return key.length === 1 && !/^[\p{L}\p{N} ]$/u.test(key);
}

const noKeys = [
  "Control",
  "Shift",
  "Alt",
  "AltGraph",
  "Meta",
  "CapsLock",
  "NumLock",
  "Dead",
  "Process",
  "Unidentified",
];

/** The chord that a press gives to an action; null for one that is no key yet, and for Esc, which always leaves. */
export function recordedKey(event: KeyboardEvent): string | null {
  if (noKeys.includes(event.key) || event.key === "Escape") return null;
  return spellings(event).at(-1) ?? null;
}

/** What types or edits text: in a field it does that, whatever else it has been given to. */
function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey) return /^[acvxyz]$/i.test(event.key) && !event.altKey;
  return !event.altKey && !/^F\d+$/.test(event.key) && event.key !== "Escape";
}

export function actionFor(event: KeyboardEvent): Action | undefined {
  const chords = spellings(event);
  const place = placeOf(event.target);
  if (place === "field" && isTyping(event)) return undefined;
  return actions.find(
    (action) => keys.of(action).some((key) => chords.includes(key)) && reaches(action, place) && action.enabled(),
  );
}

/** Handles a key press of the window. A key that means nothing here keeps its usual meaning. */
export function onWindowKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event) || busyElsewhere()) return;
  const action = actionFor(event);
  if (!action) return;
  event.preventDefault();
  if (!event.repeat || mayRepeat(action)) perform(action);
}

/** A held key walks, moves and steps through the history; what adds, removes or writes happens once a press. */
function mayRepeat({ id, group }: Action): boolean {
  return ["Walk", "Gaps", "View"].includes(group) || /^(undo|redo|nudge)/.test(id);
}

/** A dialog, a picker, a menu, a name being typed or a presentation keeps all keys to itself. */
function busyElsewhere(): boolean {
  const { picker, renaming, fixing } = intentions;
  return presentation.active || dialogs.open !== null || picker !== null || renaming !== null || fixing !== null;
}

type Place = "field" | "map" | "outline" | "elsewhere";

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element) || target === document.body) return panes.view === "map" ? "map" : "elsewhere";
  if (target.closest('[role="menu"], [role="dialog"], [role="listbox"]')) return "field";
  if (target.closest("input, textarea, select, [contenteditable='true']")) return "field";
  if (target.closest('[data-pane="map"]')) return target.closest("button, a[href]") ? "elsewhere" : "map";
  return target.closest('[role="tree"]') ? "outline" : "elsewhere";
}

function reaches(action: Action, place: Place): boolean {
  if (place === "field") return action.whileTyping ?? false;
  if (action.scope === "window") return true;
  if (action.scope === "selection") return place === "map" || place === "outline" || action.id === "deselect";
  return place === "map";
}
