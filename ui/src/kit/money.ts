/** Amounts of money in the map's currency; without one, plain numbers. */

/** `short`: "€180K", for where there is little room. */
export function shownMoney(amount: number, currency: string | null, short = false): string {
  const size = short && amount >= 10_000 ? ({ notation: "compact", maximumSignificantDigits: 3 } as const) : {};
  const whole = Number.isInteger(amount) ? { maximumFractionDigits: 0 } : {};
  try {
    const style = currency === null ? {} : ({ style: "currency", currency } as const);
    return new Intl.NumberFormat(undefined, { ...style, ...whole, ...size }).format(amount);
  } catch {
    // Not a currency that this computer knows: the planner's letters behind the number.
    return `${new Intl.NumberFormat(undefined, { ...whole, ...size }).format(amount)} ${currency}`;
  }
}

/** "€" for EUR; letters that this computer does not know stand for themselves. */
export function currencySign(currency: string): string {
  try {
    const format = new Intl.NumberFormat(undefined, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
    return format.formatToParts(0).find((part) => part.type === "currency")?.value ?? currency;
  } catch {
    return currency;
  }
}
