/** Vite plugin: copies the 4:3 flags of flag-icons, true to their colours, to `flags/<code>.svg`, named by lower-case ISO 3166 code. */
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Plugin } from "vite";

export function flags(): Plugin {
  return {
    name: "concertation:flags",
    apply: "build",
    generateBundle() {
      for (const file of globSync("node_modules/flag-icons/flags/4x3/??.svg")) {
        this.emitFile({ type: "asset", fileName: `flags/${basename(file)}`, source: readFileSync(file) });
      }
    },
  };
}
