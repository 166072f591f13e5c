/**
 * Vite plugin: the outline of the world as one SVG file with three paths in degrees (x is east, y is south): `land`,
 * `borders`, and `lines`, borders of which one side has no code of its own in ISO 3166.
 *
 * From Natural Earth, 1:50 million, public domain. It draws who holds a place; we draw no line across Ukraine: Crimea
 * is Ukraine's by resolution 68/262 of the General Assembly of the United Nations.
 */
import { readFileSync } from "node:fs";
import type { MultiLineString, MultiPolygon, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, GeometryObject, MultiPolygon as Shape, Topology } from "topojson-specification";
import type { Plugin } from "vite";

type World = Topology<{ countries: GeometryCollection; land: GeometryCollection | Shape }>;

const FILE = "node_modules/world-atlas/countries-50m.json";
const STEPS = 50; // of a degree: 2 km
const UKRAINE = "804";
const RUSSIA = "643";
const CRIMEA = { west: 32, east: 36.7, south: 44, north: 46.6 };

/** Draws lines as a path of relative steps, without the points that fall together. */
export function path(lines: Position[][], closed: boolean): string {
  return lines.map((line) => draw(line, closed)).join("");
}

function draw(line: Position[], closed: boolean): string {
  const points = unwound(line).map(([x, y]) => [Math.round(x * STEPS), Math.round(-y * STEPS)] as const);
  let [x, y] = points[0] ?? [0, 0];
  let steps = "";
  for (const [nextX, nextY] of points.slice(1)) {
    if (nextX === x && nextY === y) continue;
    steps += `${String(nextX - x)} ${String(nextY - y)} `;
    [x, y] = [nextX, nextY];
  }
  if (!steps) return "";
  return `M${String(points[0]?.[0])} ${String(points[0]?.[1])}l${steps.trim()}${closed ? "z" : ""}`;
}

/** A line that goes on beyond the 180th meridian instead of jumping across the map. */
function unwound(line: Position[]): [number, number][] {
  let turns = 0;
  let before = line[0]?.[0] ?? 0;
  return line.map(([east = 0, north = 0]) => {
    if (Math.abs(east - before) > 180) turns += east < before ? 360 : -360;
    before = east;
    return [east + turns, north];
  });
}

/** Whether a line runs between Ukraine's mainland and Crimea. */
export function isAcrossUkraine(one: string, other: string, line: Position[]): boolean {
  const pair = [one, other].sort().join();
  if (pair !== [RUSSIA, UKRAINE].sort().join()) return false;
  return line.every(([east = 0, north = 0]) => {
    return east > CRIMEA.west && east < CRIMEA.east && north > CRIMEA.south && north < CRIMEA.north;
  });
}

const codeOf = (object: GeometryObject): string => String(object.id ?? "");

/** The borders between states, or the lines that concern a territory without a code. */
function between(world: World, wanted: (one: string, other: string) => boolean): Position[][] {
  const { countries } = world.objects;
  const lines: MultiLineString = mesh(world, countries, (a, b) => a !== b && wanted(codeOf(a), codeOf(b)));
  return lines.coordinates;
}

export function outline(world: World): string {
  const land = feature(world, world.objects.land as Shape) as unknown as { geometry?: MultiPolygon; features?: { geometry: MultiPolygon }[] };
  const shapes = land.features?.map((one) => one.geometry) ?? (land.geometry ? [land.geometry] : []);
  const rings = shapes.flatMap((shape) => shape.coordinates.flat());
  const ours = between(world, (one, other) => pairIs(one, other, UKRAINE, RUSSIA));
  const kept = ours.filter((line) => !isAcrossUkraine(UKRAINE, RUSSIA, line));
  const borders = between(world, (one, other) => one !== "" && other !== "" && !pairIs(one, other, UKRAINE, RUSSIA));
  const lines = between(world, (one, other) => one === "" || other === "");
  const paths = { land: path(rings, true), borders: path([...borders, ...kept], false), lines: path(lines, false) };
  const drawn = Object.entries(paths).map(([id, d]) => `<path id="${id}" vector-effect="non-scaling-stroke" transform="scale(${String(1 / STEPS)})" d="${d}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg"><defs>${drawn.join("")}</defs></svg>`;
}

function pairIs(one: string, other: string, first: string, second: string): boolean {
  return (one === first && other === second) || (one === second && other === first);
}

export function world(): Plugin {
  return {
    name: "concertation:world",
    apply: "build",
    generateBundle() {
      this.emitFile({
        type: "asset",
        name: "world.svg",
        originalFileName: "frontend/src/world.svg",
        source: outline(JSON.parse(readFileSync(FILE, "utf8")) as World),
      });
    },
  };
}
