/**
 * Looks at every view and state with axe-core, in Chromium, on the in-memory host: `npm run test:access`. Each state
 * once, light and dark by turns; `--all`: each in light and dark, with ordinary and with more contrast.
 * Exits 1 when something serious is found, when a state is not reached, and when there is no Chromium.
 * `--pictures FOLDER` keeps a picture of each state; a further word looks only at states whose names contain it.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { states } from "./states.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browsers = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const serious = new Set(["serious", "critical"]);
const say = (text) => process.stdout.write(`${text}\n`);

function options() {
  const words = process.argv.slice(2);
  const at = words.indexOf("--pictures");
  const pictures = at >= 0 ? words.splice(at, 2)[1] : null;
  const large = words.includes("--large");
  return { pictures, large, all: words.includes("--all"), only: words.find((word) => !word.startsWith("--")) ?? "" };
}

/** A build that holds the in-memory host: any mode but production. It lies where the shipped one does not. */
async function serve() {
  const common = { root: folder, mode: "access", logLevel: "error", build: { outDir: "node_modules/.access" } };
  await build(common);
  return preview({ ...common, preview: { host: "127.0.0.1", port: 0, strictPort: false } });
}

async function reach(page, origin, state) {
  const query = state.map === null ? "" : `?map=${state.map}${state.team ? "&team" : ""}`;
  await page.goto(`${origin}/${query}`);
  await page
    .getByRole(state.map === null ? "main" : "application")
    .first()
    .waitFor();
  for (const step of state.steps) await step(page);
  // What moves comes to rest: pictures are the same every time, and contrast is that of what stays.
  await page.waitForTimeout(150);
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
}

async function look(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations;
}

function report(where, violation) {
  say(`  ${violation.impact}: ${violation.id} (${where}): ${violation.help}`);
  for (const node of violation.nodes.slice(0, 4)) {
    say(`    ${node.target.join(" ")}`);
    for (const { message } of [...node.any, ...node.all, ...node.none].slice(0, 2)) say(`      ${message}`);
  }
}

/** What is looked at: a state in a theme, with ordinary contrast or more. */
function looks({ all, only }) {
  const variants = ["light", "dark"].flatMap((theme) => [
    { theme, contrast: "no-preference" },
    { theme, contrast: "more" },
  ]);
  const chosen = states.filter(({ name }) => name.includes(only));
  if (all) return chosen.flatMap((state) => variants.map((variant) => ({ state, ...variant })));
  return chosen.map((state, index) => ({
    state,
    theme: index % 2 === 0 ? "light" : "dark",
    contrast: state.contrast ?? "no-preference",
  }));
}

/** Answers how many serious findings there are. */
async function lookAt(browser, origin, { state, theme, contrast }, { pictures, large }) {
  const viewport = state.viewport ?? (large ? { width: 1920, height: 1080 } : { width: 1440, height: 900 });
  const page = await browser.newPage({ viewport, colorScheme: theme, contrast, reducedMotion: "reduce" });
  page.setDefaultTimeout(15_000);
  const where = [state.name, theme, ...(contrast === "more" ? ["more contrast"] : [])].join(", ");
  try {
    await reach(page, origin, state);
    const found = await look(page);
    for (const violation of found) report(where, violation);
    const file = `${where.replace(/\W+/g, "-")}${large ? "-large" : ""}.png`;
    if (pictures) await page.screenshot({ path: join(pictures, file) });
    return found.filter(({ impact }) => serious.has(impact)).length;
  } catch (error) {
    say(`  not reached: ${where}: ${String(error).split("\n")[0]}`);
    return 1;
  } finally {
    await page.close();
  }
}

async function main() {
  const executablePath = browsers.find((path) => path && existsSync(path));
  if (!executablePath) {
    say("No Chromium on this machine, so accessibility cannot be looked at. Install it: apt-get install chromium");
    return 1;
  }
  const wanted = options();
  if (wanted.pictures) mkdirSync(wanted.pictures, { recursive: true });
  const waiting = looks(wanted);
  if (waiting.length === 0) {
    say(`No state has "${wanted.only}" in its name.`);
    return 1;
  }
  const count = waiting.length;
  const server = await serve();
  const origin = server.resolvedUrls.local[0].replace(/\/$/, "");
  const browser = await chromium.launch({ executablePath, args: flags });
  let worst = 0;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const found = await lookAt(browser, origin, next, wanted);
      worst += found;
    }
  };
  // Two at a time: one is looked at while another loads.
  await Promise.all([work(), work()]);
  await browser.close();
  await new Promise((done) => server.httpServer.close(done));
  say(`${count} states looked at, ${worst} serious findings.`);
  return worst > 0 ? 1 : 0;
}

process.exit(await main());
