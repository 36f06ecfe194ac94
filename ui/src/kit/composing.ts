/** Whether a key press belongs to an input method that composes a character. It handles no key. */

/** The key code of what an input method has taken, for web views that say it in no other way. */
const taken = 229;

/** Enter and Escape mean the character that is composed then, not the field. */
export function isComposing({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === taken;
}
