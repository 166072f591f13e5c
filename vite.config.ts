import { globSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { compressed } from "./frontend/build/compressed.ts";
import { flags } from "./frontend/build/flags.ts";
import { icons } from "./frontend/build/icons.ts";
import { world } from "./frontend/build/world.ts";

// Every page loads main.ts; each island is an entry of its own, loaded only by the pages that show it.
const entries = ["frontend/src/main.ts", ...globSync("frontend/src/islands/*/index.ts")];

export default defineConfig({
  base: "/static/",
  publicDir: false,
  plugins: [flags(), icons(), world(), compressed()],
  build: {
    outDir: "frontend/dist",
    target: ["chrome123", "firefox121", "safari17.5"],
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700, // kB: the live editor, loaded only where one writes
    // htmx holds an eval that its configuration turns off and the CSP refuses
    rolldownOptions: { input: entries, checks: { eval: false, bundlerTimings: false } },
  },
  test: {
    environment: "happy-dom",
    pool: "vmForks",
    include: ["frontend/**/*.test.ts"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
