/** Test equipment: a map with people and rates, so that flow is seen. */

type Rows = readonly Record<string, unknown>[];

/** People at the touchpoints that nothing leads to, by their place in the list; every link takes a share of its own. */
export function withNumbers(text: Record<string, unknown>): Record<string, unknown> {
  const [touchpoints, links] = [(text.touchpoints ?? []) as Rows, (text.links ?? []) as Rows];
  const reached = new Set(links.map(({ to }) => to));
  return {
    ...text,
    touchpoints: touchpoints.map((row, place) =>
      reached.has(row.id) ? row : { ...row, population: 90_000 / (place + 1) },
    ),
    links: links.map((row, place) => {
      const rate = [0.08, 0.3, 0.02, 0.5][place % 4] as number;
      // One link whose share nobody knows, for how it looks among the others.
      return place === 9 ? row : { ...row, rate: [rate / 2, rate, Math.min(1, rate * 2)] };
    }),
  };
}
