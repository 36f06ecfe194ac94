/** A rate as low, likely and high shares, typed as three per cent figures. One figure alone stands for all three. */
import { readNumber, shownPercent } from "./numbers";

export type Rate = [number, number, number];
export type RateTexts = readonly [low: string, likely: string, high: string];

/** Where there is but one figure, it is shown as the likely one. */
export function shownRate(rate: Rate | null): RateTexts {
  if (rate === null) return ["", "", ""];
  const [low, likely, high] = rate;
  return low === high ? ["", shownPercent(likely), ""] : [shownPercent(low), shownPercent(likely), shownPercent(high)];
}

/** What is wrong with the figures, or an empty string. */
export function rateProblem(texts: RateTexts): string {
  const values = texts.map(readNumber);
  if (values.some((value) => value === undefined || (value !== null && value > 100)))
    return "Shares from 0 to 100, such as 2.5.";
  const [low, likely, high] = values;
  if (likely === null && (low !== null || high !== null)) return "Say the likely share, too.";
  return readRate(texts) === null && likely !== null ? "Low is at most likely, likely at most high." : "";
}

/** Null for no figures, and for such as make no rate. */
export function readRate([lowText, likelyText, highText]: RateTexts): Rate | null {
  const likely = readNumber(likelyText);
  if (typeof likely !== "number") return null;
  const low = readNumber(lowText) ?? likely;
  const high = readNumber(highText) ?? likely;
  return low <= likely && likely <= high && high <= 100 ? [share(low), share(likely), share(high)] : null;
}

/** Per cent to a share, without the dust of binary fractions. */
function share(value: number): number {
  return Math.round(value * 1e6) / 1e8;
}
