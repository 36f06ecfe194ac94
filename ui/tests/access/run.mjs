/**
 * Looks at every view and state with axe-core, in Chromium, light and dark, on the in-memory host: `npm run test:access`.
 * Exits 1 when something serious is found. Without a Chromium on this machine it says so and exits 0.
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
  return { pictures, large, only: words.find((word) => !word.startsWith("--")) ?? "" };
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
  await page.waitForTimeout(350);
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

async function main() {
  const executablePath = browsers.find((path) => path && existsSync(path));
  if (!executablePath) {
    say("No Chromium on this machine (apt-get install chromium): accessibility was not looked at.");
    return 0;
  }
  const { pictures, large, only } = options();
  if (pictures) mkdirSync(pictures, { recursive: true });
  const server = await serve();
  const origin = server.resolvedUrls.local[0].replace(/\/$/, "");
  const browser = await chromium.launch({ executablePath, args: flags });
  let worst = 0;
  let looked = 0;
  for (const colorScheme of ["light", "dark"]) {
    for (const state of states.filter(({ name }) => name.includes(only))) {
      const viewport = state.viewport ?? (large ? { width: 1920, height: 1080 } : { width: 1440, height: 900 });
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
      const where = `${state.name}, ${colorScheme}`;
      try {
        await reach(page, origin, state);
        const found = await look(page);
        looked += 1;
        for (const violation of found) report(where, violation);
        worst += found.filter(({ impact }) => serious.has(impact)).length;
        const file = `${state.name.replace(/\W+/g, "-")}-${colorScheme}${large ? "-large" : ""}.png`;
        if (pictures) await page.screenshot({ path: join(pictures, file) });
      } catch (error) {
        say(`  not reached: ${where}: ${String(error).split("\n")[0]}`);
        worst += 1;
      }
      await page.close();
    }
  }
  await browser.close();
  await new Promise((done) => server.httpServer.close(done));
  say(`${looked} states looked at, ${worst} serious findings.`);
  return worst > 0 ? 1 : 0;
}

process.exit(await main());
