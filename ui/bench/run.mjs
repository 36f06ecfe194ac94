/**
 * `npm run bench:map`: serves the measuring page, opens it in Chromium without a GPU and prints p50
 * and p95 in milliseconds. Figures for people to read; nothing is asserted. BROWSER names another Chromium.
 */
import { chromium } from "playwright-core";
import { createServer } from "vite";

const counts = [300, 1_000, 5_000];
const server = await createServer({
  server: { port: 0, strictPort: false, host: "127.0.0.1", hmr: false },
  // Found beforehand and kept apart from the development server's: a page that reloads midway measures nothing.
  optimizeDeps: { entries: ["bench/map.html"] },
  cacheDir: "node_modules/.vite-bench",
  logLevel: "error",
});
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.BROWSER ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  const columns = [];
  for (const count of counts) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.resolvedUrls?.local[0]}bench/map.html`);
    await page.waitForFunction(() => "measure" in window);
    columns.push(await page.evaluate((touchpoints) => window.measure(touchpoints), count));
    await page.close();
  }
  print(columns);
} finally {
  await browser.close();
  await server.close();
}

function print(columns) {
  const line = (cells) =>
    process.stdout.write(`${cells.map((cell, i) => (i === 0 ? cell.padEnd(20) : cell.padStart(18))).join("")}\n`);
  line(["p50 / p95 ms", ...counts.map((count) => `${count} touchpoints`)]);
  for (const [row, { name }] of columns[0].entries())
    line([name, ...columns.map((figures) => `${figures[row].p50.toFixed(1)} / ${figures[row].p95.toFixed(1)}`)]);
}
