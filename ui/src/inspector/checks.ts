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
