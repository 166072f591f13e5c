/**
 * The map of the world (Natural Earth, public domain), fetched once; its places go by their number of ISO 3166-1.
 *
 * It draws who holds a place; Crimea is Ukraine's by resolution 68/262 of the General Assembly of the United Nations.
 */
import { registerMap } from "echarts/core";
import type { Feature, FeatureCollection, Position } from "geojson";
import { feature, merge } from "topojson-client";
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from "topojson-specification";
import address from "world-atlas/countries-50m.json?url";

export type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;
const ANTARCTICA = "010"; // goes around the whole map
const [UKRAINE, RUSSIA] = ["804", "643"];
const CRIMEA = { west: 32, east: 36.7, south: 44, north: 46.6 };
let fetched: Promise<void> | undefined;

export function registerWorld(): Promise<void> {
  fetched ??= load();
  return fetched;
}

async function load(): Promise<void> {
  const world = (await (await fetch(address)).json()) as World;
  const flat = placesOf(world).features.filter(({ id }) => id !== ANTARCTICA).map(flattened);
  registerMap("world", { type: "FeatureCollection", features: flat } as never);
}

/** The places of the world, Crimea one with the rest of Ukraine. */
export function placesOf(world: World): FeatureCollection {
  const { geometries } = world.objects.countries;
  const russia = geometries.find(({ id }) => id === RUSSIA) as MultiPolygon;
  const ukraine = geometries.find(({ id }) => id === UKRAINE) as MultiPolygon;
  const { geometry } = feature(world, russia) as Feature;
  const parts = geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  const at = parts.findIndex(([ring = []]) => ring.every(isInCrimea));
  const crimea = { type: "Polygon", arcs: russia.arcs[at] ?? [] } as Polygon;
  const places: FeatureCollection = feature(world, world.objects.countries);
  const features = places.features.map((place) => {
    if (place.id === RUSSIA) return { ...place, geometry: { type: "MultiPolygon" as const, coordinates: parts.filter((_part, one) => one !== at) } };
    return place.id === UKRAINE ? { ...place, geometry: merge(world, [ukraine, crimea]) } : place;
  });
  return { ...places, features };
}

function isInCrimea([east = 0, north = 0]: Position): boolean {
  return east > CRIMEA.west && east < CRIMEA.east && north > CRIMEA.south && north < CRIMEA.north;
}

/** A place as a plane map draws it: what crosses the date line goes on beyond it, rather than back around the world. */
function flattened(place: Feature): Feature {
  const { geometry } = place;
  const properties = { name: String(place.id ?? "") };
  if (geometry.type === "Polygon") return { ...place, properties, geometry: { ...geometry, coordinates: geometry.coordinates.map(unwound) } };
  if (geometry.type !== "MultiPolygon") return { ...place, properties };
  return { ...place, properties, geometry: { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(unwound)) } };
}

export function unwound(ring: readonly Position[]): Position[] {
  const crosses = ring.some(([here = 0], at) => Math.abs(here - (ring[at - 1]?.[0] ?? here)) > 180);
  return ring.map(([east = 0, north = 0]) => [crosses && east < 0 ? east + 360 : east, north]);
}
