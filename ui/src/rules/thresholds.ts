/** Figures of rules as people type and read them: shares from 0 to 1 as per cent, all others as they are. */
import type { ThresholdView } from "../ipc";
import { readNumber, shownNumber } from "../kit/numbers";

export function isShare({ least, most }: ThresholdView): boolean {
  return least >= 0 && most === 1;
}

/** The unit stands behind the field, so the range of a share need not stand in its name. */
export function labelOf(threshold: ThresholdView): string {
  return isShare(threshold) ? threshold.label.replace(/\s*\(0[–-]1\)$/, "") : threshold.label;
}

export function shownThreshold(threshold: ThresholdView, value: number): string {
  return shownNumber(isShare(threshold) ? Math.round(value * 1e8) / 1e6 : value);
}

/** Null for an emptied field: as shipped. Only asked for texts that nothing is wrong with. */
export function readThreshold(threshold: ThresholdView, text: string): number | null {
  const typed = readNumber(text) ?? null;
  if (typed === null) return null;
  return isShare(threshold) ? Math.round(typed * 1e6) / 1e8 : typed;
}

/** What is wrong with a text; empty: nothing. */
export function wrongThreshold(threshold: ThresholdView, text: string): string {
  const range = `${shownThreshold(threshold, threshold.least)} to ${shownThreshold(threshold, threshold.most)}`;
  const sentence = isShare(threshold) ? `A share from ${range} %.` : `A number from ${range}.`;
  if (readNumber(text) === undefined) return sentence;
  const value = readThreshold(threshold, text);
  return value !== null && (value < threshold.least || value > threshold.most) ? sentence : "";
}
