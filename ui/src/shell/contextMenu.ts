/**
 * Menus of the window come from its parts: the web view's own, which would load the page again or go back to another,
 * is only let through where text is edited or selected. What has a menu of its own has answered before.
 */

/** The button of the mouse that asks for a menu. */
const mainOfMenus = 2;
const typed = "input, textarea, [contenteditable='true']";

export function onWindowContextMenu(event: MouseEvent): void {
  const { target } = event;
  const edits = target instanceof Element && target.closest(typed) !== null;
  if (!edits && !selectsText(event)) event.preventDefault();
}

/** Whether the menu was asked for on words that are selected. */
function selectsText({ target, button, clientX: x, clientY: y }: MouseEvent): boolean {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || !(target instanceof Node)) return false;
  const range = selection.getRangeAt(0);
  const over = ({ left, right, top, bottom }: DOMRect) => x >= left && x <= right && y >= top && y <= bottom;
  if (button === mainOfMenus) return [...range.getClientRects()].some(over);
  // A key asks on what has the keyboard, wherever the words are in it.
  const around = range.commonAncestorContainer;
  return range.intersectsNode(target) && (around.parentNode === target || around.contains(target));
}
