/** Finds the web and mail addresses in a note. It opens nothing; whether one may be opened is decided in Rust. */

const address = /\b(?:https?:\/\/|mailto:)[^\s<>"“”]+/gi;
/** What ends a sentence or closes a bracket around an address, rather than ending the address. */
const trailing = /[.,;:!?'’)\]}]+$/;
const most = 8;

/** Each address once, in the order of the text. */
export function addressesIn(text: string | null): string[] {
  const found = (text ?? "").match(address) ?? [];
  return [...new Set(found.map((one) => one.replace(trailing, "")))].slice(0, most);
}
