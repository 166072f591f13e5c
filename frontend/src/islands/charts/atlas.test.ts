import type { Position } from "geojson";
import { expect, test } from "vitest";
import text from "world-atlas/countries-50m.json?raw";
import { placesOf, unwound } from "./atlas";
import type { World } from "./atlas";

test("a place across the date line goes on beyond it, any other stays", () => {
  expect(unwound([[170, 65], [180, 66], [-170, 66], [170, 65]])).toEqual([[170, 65], [180, 66], [190, 66], [170, 65]]);
  expect(unwound([[-5, 48], [8, 49], [-5, 48]])).toEqual([[-5, 48], [8, 49], [-5, 48]]);
});

test("Crimea is one with the rest of Ukraine, and in no other place", () => {
  const world = JSON.parse(text) as World;
  const simferopol = ([east = 0, north = 0]: Position) => east > 33.5 && east < 34.7 && north > 44.4 && north < 45.4;
  const holders = placesOf(world).features.filter(({ geometry }) => {
    const parts = geometry.type === "MultiPolygon" ? geometry.coordinates : geometry.type === "Polygon" ? [geometry.coordinates] : [];
    return parts.some((rings) => rings.some((ring) => ring.some(simferopol)));
  });
  expect(holders.map(({ id }) => id)).toEqual(["804"]);
  const [ukraine] = holders;
  const mainland = ukraine?.geometry.type === "MultiPolygon" ? ukraine.geometry.coordinates.filter(([ring = []]) => ring.some(simferopol)) : [];
  expect(mainland[0]?.[0]?.some(([, north = 0]) => north > 50)).toBe(true); // no line across the country
});
