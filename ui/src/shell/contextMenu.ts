/**
 * Menus of the window come from its parts: the web view's own, which would load the page again or go back to another,
 * is only let through where text is edited or selected. What has a menu of its own has answered before.
 */

const typed = "input, textarea, [contenteditable='true']";

export function onWindowContextMenu(event: MouseEvent): void {
  const { target } = event;
  const edits = target instanceof Element && target.closest(typed) !== null;
  if (!edits && !selectsText(target)) event.preventDefault();
}

/** Whether the menu was asked for on words that are selected. */
function selectsText(target: EventTarget | null): boolean {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || !(target instanceof Node)) return false;
  return selection.getRangeAt(0).intersectsNode(target);
}
