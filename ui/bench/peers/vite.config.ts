/** Builds the page of the other engines as one plain script, which a web view takes from a file. */
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  plugins: [svelte({ compilerOptions: { runes: true }, configFile: false })],
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  logLevel: "error",
  build: {
    target: "safari16",
    outDir: here("../../../target/bench-peers"),
    emptyOutDir: true,
    chunkSizeWarningLimit: 2_000,
    lib: { entry: here("main.ts"), formats: ["iife"], name: "peers", fileName: () => "peers.js", cssFileName: "peers" },
  },
});
