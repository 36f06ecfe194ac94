/**
 * Copy, cut and paste for the text field that has the keyboard: what the window's menu means while one is typing. The
 * keys themselves never come here; fields answer those on their own.
 */
import { host } from "../ipc";

type TextField = HTMLInputElement | HTMLTextAreaElement;

export function fieldInHand(): TextField | null {
  const element = document.activeElement;
  const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  return isField && element.selectionStart !== null ? element : null;
}

export async function copyFrom(field: TextField): Promise<void> {
  const text = field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  if (text !== "") await host().writeClipboard(text);
}

export async function cutFrom(field: TextField): Promise<void> {
  await copyFrom(field);
  put(field, "");
}

export async function pasteInto(field: TextField): Promise<void> {
  put(field, await host().readClipboard());
}

function put(field: TextField, text: string): void {
  if (field.readOnly || field.disabled) return;
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
