/** Numbers as people type and read them: thousands and decimals in their own writing, shares as per cent. */

/** Digits as this computer writes them, without an exponent. */
export function shownNumber(value: number | null, digits = 6): string {
  if (value === null) return "";
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: digits, useGrouping: true }).format(value);
}

/** A share as per cent: 0.025 is "2.5". */
export function shownPercent(value: number | null): string {
  return value === null ? "" : shownNumber(Math.round(value * 1e8) / 1e6);
}

/**
 * Null for an empty text, undefined for one that is no number. Understands "1,200.50", "1.200,50" and "1 200":
 * the last of comma and point is the decimal sign, unless exactly three digits follow the only one there is.
 */
export function readNumber(text: string): number | null | undefined {
  const bare = text.replace(/[\s\u00a0\u202f'’%€$£]/g, "");
  if (bare === "") return null;
  if (!/^[0-9.,]+$/.test(bare) || !/[0-9]/.test(bare)) return undefined;
  const last = Math.max(bare.lastIndexOf(","), bare.lastIndexOf("."));
  const decimals = last >= 0 && !groupsThousands(bare, last) ? bare.slice(last + 1) : "";
  const whole = decimals || (last >= 0 && !groupsThousands(bare, last)) ? bare.slice(0, last) : bare;
  const value = Number(`${whole.replace(/[.,]/g, "") || "0"}.${decimals || "0"}`);
  return Number.isFinite(value) ? value : undefined;
}

function groupsThousands(text: string, at: number): boolean {
  const sign = text[at] ?? "";
  const again = text.indexOf(sign) !== at;
  if (again) return true;
  const mixed = text.includes(sign === "," ? "." : ",");
  const localeGroup = new Intl.NumberFormat().formatToParts(1000).find((part) => part.type === "group")?.value;
  return !mixed && sign === localeGroup && text.slice(0, at) !== "0" && /^\d{3}$/.test(text.slice(at + 1));
}
