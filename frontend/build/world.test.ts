import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isAcrossUkraine, outline, path } from "./world";

test("a line becomes steps of fiftieths of a degree, without the points that fall together", () => {
  expect(path([[[1, 2], [1.001, 2], [1.1, 2.2]]], false)).toBe("M50 -100l5 -10");
  expect(path([[[0, 0], [1, 0], [1, 1]], [[5, 5], [5, 5.001]]], true)).toBe("M0 0l50 0 0 -50z");
});

test("a line goes on beyond the 180th meridian", () => {
  expect(path([[[179, 0], [-179, 0], [179, 0]]], false)).toBe("M8950 0l100 0 -100 0");
});

test("no line runs across Ukraine", () => {
  const isthmus = [[33.6, 46.2], [35, 45.8]];
  expect(isAcrossUkraine("804", "643", isthmus)).toBe(true);
  expect(isAcrossUkraine("643", "804", [[38, 47.1], [40, 50]])).toBe(false);
  expect(isAcrossUkraine("804", "112", isthmus)).toBe(false);
});

test("the world has land, borders, and lines of which one side has no code", () => {
  const svg = outline(JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json", "utf8")) as never);
  const ids = [...svg.matchAll(/<path id="(\w+)" vector-effect="non-scaling-stroke" transform="scale\(0\.02\)" d="(M[^"]+)"/g)].map((found) => found[1]);
  expect(ids).toEqual(["land", "borders", "lines"]);
  const borders = (/id="borders"[^>]* d="([^"]+)"/.exec(svg) ?? [])[1] ?? "";
  const starts = [...borders.matchAll(/M(-?\d+) (-?\d+)/g)].map((found) => [Number(found[1]) / 50, Number(found[2]) / -50]);
  expect(starts.filter(([x = 0, y = 0]) => x > 33 && x < 36 && y > 45.5 && y < 46.5)).toEqual([]);
});
