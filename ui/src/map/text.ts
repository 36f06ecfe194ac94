/**
 * Text on the canvas: measured once and remembered, cut with an ellipsis, or wrapped into lines at
 * word ends. It knows widths only; it chooses no colours and draws nothing.
 */

export type Measure = (text: string, font: string) => number;

const ellipsis = "…";
const mostRemembered = 40_000;

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
      const space = rest.lastIndexOf(" ", fits);
      const end = space > 0 ? space : Math.max(1, fits);
      lines.push(rest.slice(0, end).trimEnd());
      rest = rest.slice(end).trimStart();
    }
    return lines;
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
