/**
 * Vite plugin: one SVG sprite with the Tabler icons that the sources name, as `{% icon "video" %}` or `icon="video"`
 * in templates and Python, `icon("video")` in TypeScript. An unknown name fails the build.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const SOURCES = ["concertation/**/*.html", "concertation/**/*.py", "frontend/src/**/*.ts"];
const USE = /\bicon(?:\(|=|\s+)["']([a-z0-9-]+)["']/g;

export function namesIn(source: string): string[] {
  return [...source.matchAll(USE)].map((match) => match[1] ?? "");
}

export function symbol(name: string, svg: string): string {
  const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s+/g, " ");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.trim()}</symbol>`;
}

function readIcon(name: string): string {
  const file = `node_modules/@tabler/icons/icons/outline/${name}.svg`;
  if (!existsSync(file)) throw new Error(`There is no Tabler icon “${name}”.`);
  return readFileSync(file, "utf8");
}

export function icons(): Plugin {
  return {
    name: "concertation:icons",
    apply: "build",
    generateBundle() {
      const sources = globSync(SOURCES, { exclude: ["**/tests/**"] }).map((file) => readFileSync(file, "utf8"));
      const names = [...new Set(sources.flatMap(namesIn))].sort();
      const symbols = names.map((name) => symbol(name, readIcon(name)));
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "frontend/src/icons.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`,
      });
    },
  };
}
