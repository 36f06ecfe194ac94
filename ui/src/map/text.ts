/**
 * Text on the canvas: measured once and remembered, cut with an ellipsis, or wrapped into lines at word ends, and within
 * words where they are joined: it knows no language's syllables. It chooses no colours and draws nothing.
 */

export type Measure = (text: string, font: string) => number;

const ellipsis = "…";
const mostRemembered = 40_000;

const isLetter = (text: string, at: number) => /\p{L}/u.test(text.charAt(at));
const hasLetters = (text: string, at: number) => isLetter(text, at) && isLetter(text, at + 1);

/** After what joins two words, of two letters each at least: "cost-/benefit", "sign-up/login", but "E-mail", "18-24". */
function isJoint(text: string, at: number): boolean {
  return "-‐–—/".includes(text.charAt(at - 1)) && hasLetters(text, at - 3) && hasLetters(text, at);
}

/** Where a name out of some program or an address has its parts: "retarget_/Visitors", "shop./example", "Form/Builder". */
function isSeam(text: string, at: number): boolean {
  const [before, after] = [text.charAt(at - 1), text.charAt(at)];
  if ("-‐–—/_.@:,&=?+".includes(before)) return /[\p{L}\p{N}]/u.test(after);
  return /\p{Ll}/u.test(before) && /\p{Lu}/u.test(after);
}

/** The last of such places that leaves no more than `fits` characters before it; 0: there is none. */
function lastPlace(text: string, fits: number, isPlace: (text: string, at: number) => boolean): number {
  for (let at = Math.min(fits, text.length - 1); at > 1; at--) if (isPlace(text, at)) return at;
  return 0;
}

let characters: Intl.Segmenter | null = null;

/** The most of `fits` that splits none of what people take for one character; the first one where none has room. */
function wholeCharacters(text: string, fits: number): number {
  characters ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const { index = text.length, segment = "" } = characters.segment(text).containing(fits) ?? {};
  return index > 0 ? index : segment.length;
}

/** Widths in map units by font and text. Dropped whole when it grows too large: cheaper than ageing entries. */
export class TextMeasure {
  #measure: Measure;
  #widths = new Map<string, Map<string, number>>();
  #lines = new Map<string, readonly string[]>();
  #count = 0;

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  /** To be called when a font has arrived: what was measured before is wrong now. */
  forget(): void {
    this.#widths.clear();
    this.#lines.clear();
    this.#count = 0;
  }

  width(text: string, font: string): number {
    let widths = this.#widths.get(font);
    if (widths === undefined) {
      widths = new Map();
      this.#widths.set(font, widths);
    }
    const known = widths.get(text);
    if (known !== undefined) return known;
    const width = this.#measure(text, font);
    widths.set(text, width);
    this.#grown();
    return width;
  }

  /** One line no wider than `room`, with an ellipsis where it was cut. */
  cut(text: string, font: string, room: number): string {
    return this.wrap(text, font, room, 1)[0] ?? "";
  }

  /** At most `most` lines no wider than `room`; the last one carries an ellipsis when text is left over. */
  wrap(text: string, font: string, room: number, most: number): readonly string[] {
    const key = `${font}\n${Math.round(room)}\n${most}\n${text}`;
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const lines = this.#wrapped(text.trim().replace(/\s+/g, " "), font, room, most);
    this.#lines.set(key, lines);
    this.#grown();
    return lines;
  }

  #wrapped(text: string, font: string, room: number, most: number): string[] {
    const lines: string[] = [];
    let rest = text;
    while (rest !== "" && lines.length < most) {
      const last = lines.length === most - 1;
      if (this.#measure(rest, font) <= room) {
        lines.push(rest);
        return lines;
      }
      const fits = this.#longestStart(rest, font, last ? room - this.width(ellipsis, font) : room);
      if (last) {
        lines.push(`${rest.slice(0, fits).trimEnd()}${ellipsis}`);
        return lines;
      }
      const end = this.#lineEnd(rest, fits, font, lines.length === most - 2 ? room : 0);
      lines.push(rest.slice(0, end).trimEnd());
      rest = rest.slice(end).trimStart();
    }
    return lines;
  }

  /**
   * How many characters the line gets of which `fits` have room. It ends at a space where the line after it (as wide as
   * `left`) takes all the rest, else as late as a space or a joint allows; in the midst of a word only where there is
   * neither.
   */
  #lineEnd(text: string, fits: number, font: string, left: number): number {
    const space = text.lastIndexOf(" ", fits);
    if (space > 0 && this.#measure(text.slice(space + 1), font) <= left) return space;
    const end = Math.max(space, lastPlace(text, fits, isJoint));
    return end > 0 ? end : lastPlace(text, fits, isSeam) || wholeCharacters(text, fits);
  }

  /** How many characters from the start fit; never splits a surrogate pair. */
  #longestStart(text: string, font: string, room: number): number {
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#measure(text.slice(0, middle), font) <= room) low = middle;
      else high = middle - 1;
    }
    const code = text.charCodeAt(low - 1);
    return code >= 0xd800 && code <= 0xdbff ? low - 1 : low;
  }

  #grown(): void {
    this.#count += 1;
    if (this.#count > mostRemembered) this.forget();
  }
}
