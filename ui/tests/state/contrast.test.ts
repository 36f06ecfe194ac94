/** High contrast: chosen here, complete in its tokens, and as strong as it says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { run } from "../../src/actions";
import { panes } from "../../src/state/panes.svelte";

const css = readFileSync(join(import.meta.dirname, "../../src/style/tokens.css"), "utf8");

type Tokens = ReadonlyMap<string, string>;

/** The tokens that one block sets. */
function block(selector: string): Tokens {
  const from = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf("{", from) + 1, css.indexOf("}", from));
  return new Map([...body.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name, value]) => [name ?? "", value ?? ""]));
}

const dark = block(':root[data-theme="dark"]');
const light = block("\n:root");
const blocks = [
  ["light", block(':root[data-contrast="more"]')],
  ["dark", block(':root[data-contrast="more"][data-theme="dark"]')],
] as const;

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** By WCAG 2.2. */
function contrast(tokens: Tokens, one: string, other: string): number {
  const [a, b] = [one, other].map((name) => luminance(tokens.get(name) ?? "")) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = ["ground", "surface", "raised", "sunken", "hover"];
const onGrounds = (names: string[]) => names.flatMap((name) => grounds.map((ground) => [name, ground] as const));
const texts = [
  ...onGrounds(["ink", "ink-soft", "ink-faint", "accent-text"]),
  ["ink", "accent-soft"],
  ["accent-text", "accent-soft"],
  ["accent-ink", "accent"],
  ["card-ink", "card"],
  ["card-ink-soft", "card"],
  ["kind-destination-ink", "kind-destination"],
  ["kind-destination-ink-soft", "kind-destination"],
  ["link-label", "map-ground"],
  ["link-label", "map-column-alternate"],
  ["severity-high-text", "severity-high-soft"],
  ["severity-medium-text", "severity-medium-soft"],
  ["severity-low-text", "severity-low-soft"],
  ["severity-high-text", "raised"],
  ["severity-medium-text", "raised"],
  ["severity-low-text", "raised"],
  ["difference-ink", "difference-added"],
  ["difference-ink", "difference-removed"],
  ["difference-ink", "difference-moved"],
  ["difference-ink", "difference-changed"],
] as const;
const signs = [
  ...["kind-destination", "kind-direct", "kind-indirect"],
  ...["severity-high", "severity-medium", "severity-low"],
  ...["link", "selection", "evidence", "focus", "good", "line-control", "line-strong"],
  ...[1, 2, 3, 4, 5, 6].map((one) => `audience-${one}`),
];

afterEach(() => panes.chooseContrast(false));

test.each(blocks)("%s sets every colour that dark sets", (_, tokens) => {
  expect([...tokens.keys()].sort()).toEqual([...dark.keys()].sort());
  for (const name of dark.keys()) expect(light.has(name), name).toBe(true);
});

test.each(blocks)("%s: text keeps 7 : 1, what tells things apart 4.5 : 1", (_, tokens) => {
  for (const [text, ground] of texts)
    expect(contrast(tokens, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(7);
  for (const sign of signs)
    for (const ground of ["map-ground", "card"])
      expect(contrast(tokens, sign, ground), `${sign} on ${ground}`).toBeGreaterThanOrEqual(4.5);
});

test("it is switched on and off as one command and remembered", () => {
  run("themeContrast");
  expect([panes.shownContrast, document.documentElement.dataset.contrast]).toEqual([true, "more"]);
  panes.contrast = false;
  panes.restore();
  expect(panes.contrast).toBe(true);
  run("themeContrast");
  expect(document.documentElement.dataset.contrast).toBe("usual");
});
