/** What a typed number must be, said while it is typed. The program checks again; this only saves a round trip. */
import { readNumber } from "../kit/numbers";

export function amount(text: string): string {
  const value = readNumber(text);
  return value === undefined ? "A number of 0 or more, such as 20000." : "";
}

export function percent(text: string): string {
  const value = readNumber(text);
  if (value === undefined) return "A share from 0 to 100, such as 2.5.";
  return value !== null && value > 100 ? "At most 100 %." : "";
}

export function days(text: string): string {
  const value = readNumber(text);
  return value === undefined || (value !== null && !Number.isInteger(value)) ? "Whole days, such as 3." : "";
}

/** "1 – 2 – 4" or one number: low, likely, high in per cent, none above the next. */
export function rate(text: string): string {
  return text === "" || readRate(text) ? "" : "One per cent figure, or low – likely – high: 1 – 2 – 4.";
}

export function readRate(text: string): [number, number, number] | null {
  const parts = text.split(/\s*(?:–|—|-|\/|\.\.\.?|;|\bto\b)\s*/).map(readNumber);
  const numbers = parts.filter((part): part is number => typeof part === "number" && part <= 100);
  if (numbers.length !== parts.length) return null;
  const share = (value: number) => Math.round(value * 1e6) / 1e8;
  const [low, likely, high] = numbers;
  if (low === undefined) return null;
  if (numbers.length === 1) return [share(low), share(low), share(low)];
  if (likely === undefined || high === undefined || numbers.length > 3 || low > likely || likely > high) return null;
  return [share(low), share(likely), share(high)];
}
