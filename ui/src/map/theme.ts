/**
 * The map's colours and fonts, read from the tokens once per theme. A canvas cannot follow CSS
 * custom properties by itself; this is the only place that carries them over. It invents none.
 */

const colourTokens = {
  ground: "--map-ground",
  column: "--map-column",
  columnAlternate: "--map-column-alternate",
  columnLine: "--map-column-line",
  laneLine: "--line-strong",
  card: "--card",
  cardInk: "--card-ink",
  cardInkSoft: "--card-ink-soft",
  cardShadow: "--card-shadow",
  destination: "--kind-destination",
  destinationInk: "--kind-destination-ink",
  destinationInkSoft: "--kind-destination-ink-soft",
  direct: "--kind-direct",
  indirect: "--kind-indirect",
  link: "--link",
  linkStrong: "--link-strong",
  linkLabel: "--link-label",
  selection: "--selection",
  selectionSoft: "--selection-soft",
  evidence: "--evidence",
  evidenceSoft: "--evidence-soft",
  focus: "--focus",
  accent: "--accent",
  added: "--difference-added",
  removed: "--difference-removed",
  moved: "--difference-moved",
  changed: "--difference-changed",
  differenceInk: "--difference-ink",
  high: "--severity-high",
  highSoft: "--severity-high-soft",
  highText: "--severity-high-text",
  medium: "--severity-medium",
  mediumSoft: "--severity-medium-soft",
  mediumText: "--severity-medium-text",
  low: "--severity-low",
  lowSoft: "--severity-low-soft",
  lowText: "--severity-low-text",
} as const;

const audienceTokens = ["--audience-1", "--audience-2", "--audience-3", "--audience-4", "--audience-5", "--audience-6"];

type Colours = { [Name in keyof typeof colourTokens]: string };

export type MapTheme = Colours & {
  audiences: readonly string[];
  family: string;
  weight: { normal: string; medium: string; strong: string };
  /** Sizes in map units: at 100 % they are the sizes of the rest of the interface. */
  size: { tiny: number; small: number; body: number; large: number };
};

export function readTheme(element: Element): MapTheme {
  const style = getComputedStyle(element);
  const read = (token: string): string => style.getPropertyValue(token).trim();
  const pixels = (token: string, usual: number): number => Number.parseFloat(read(token)) || usual;
  const colours = Object.fromEntries(
    Object.entries(colourTokens).map(([name, token]) => [name, read(token) || "CanvasText"]),
  ) as Colours;
  return {
    ...colours,
    audiences: audienceTokens.map((token) => read(token) || colours.cardInkSoft),
    family: read("--font") || "sans-serif",
    weight: {
      normal: read("--weight-normal") || "400",
      medium: read("--weight-medium") || "500",
      strong: read("--weight-strong") || "600",
    },
    size: {
      tiny: pixels("--text-tiny", 11),
      small: pixels("--text-small", 12),
      body: pixels("--text-body", 13),
      large: pixels("--text-large", 15),
    },
  };
}

export function font(theme: MapTheme, weight: keyof MapTheme["weight"], size: number): string {
  return `${theme.weight[weight]} ${size}px ${theme.family}`;
}
