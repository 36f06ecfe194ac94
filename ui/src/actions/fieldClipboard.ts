/**
 * Copy, cut, paste and delete for the text field that has the keyboard: what the window's menu means while one is
 * typing. The keys themselves never come here; fields answer those on their own.
 */
import { host } from "../ipc";
import { attempt } from "./edit";

type TextField = HTMLInputElement | HTMLTextAreaElement;

export function fieldInHand(): TextField | null {
  const element = document.activeElement;
  const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  return isField && element.selectionStart !== null ? element : null;
}

/**
 * A date, a number or a choice has the keyboard. What is marked in it cannot be reached, and the selection on the map
 * is not what is meant either.
 */
export function otherFieldInHand(): boolean {
  const element = document.activeElement;
  return element instanceof HTMLSelectElement || (element instanceof HTMLInputElement && fieldInHand() === null);
}

/** Answers whether what is marked is on the clipboard now. */
export async function copyFrom(field: TextField): Promise<boolean> {
  const { from, to } = marked(field);
  const text = field.value.slice(from, to);
  if (text === "") return false;
  return (
    (await attempt(() =>
      host()
        .writeClipboard(text)
        .then(() => true),
    )) ?? false
  );
}

export async function cutFrom(field: TextField): Promise<void> {
  const range = marked(field);
  const { value } = field;
  if ((await copyFrom(field)) && field.value === value) put(field, "", range);
}

/** What the window's menu, and nothing else, means by these while a field has the keyboard: the text in it. */
const meantOfText: Readonly<Record<string, (field: TextField) => void>> = {
  delete: (field) => put(field, "", marked(field)),
  selectAll: (field) => field.select(),
};

/** Whether the menu's item means a field now that it could be done in. */
export function meansField(action: string): boolean {
  return action in meantOfText && fieldInHand() !== null;
}

/** Does in the field what the menu means. Answers false where no field has the keyboard: then the map is meant. */
export function takenByField(action: string): boolean {
  const deed = meantOfText[action];
  if (deed === undefined) return false;
  const field = fieldInHand();
  if (field) deed(field);
  return field !== null || otherFieldInHand();
}

export async function pasteInto(field: TextField): Promise<void> {
  const text = await attempt(() => host().readClipboard());
  if (text !== null) put(field, text, marked(field));
}

type Range = { from: number; to: number };

function marked(field: TextField): Range {
  return { from: field.selectionStart ?? 0, to: field.selectionEnd ?? 0 };
}

function put(field: TextField, text: string, { from, to }: Range): void {
  if (field.readOnly || field.disabled) return;
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
