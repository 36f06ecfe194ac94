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
