/** The map of the world (Natural Earth, public domain), fetched once; its places go by their number of ISO 3166-1. */
import { registerMap } from "echarts/core";
import type { Feature, FeatureCollection, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import address from "world-atlas/countries-50m.json?url";

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;
const ANTARCTICA = "010"; // goes around the whole map
let fetched: Promise<void> | undefined;

export function registerWorld(): Promise<void> {
  fetched ??= load();
  return fetched;
}

async function load(): Promise<void> {
  const world = (await (await fetch(address)).json()) as World;
  const places: FeatureCollection = feature(world, world.objects.countries);
  const flat = places.features.filter(({ id }) => id !== ANTARCTICA).map(flattened);
  registerMap("world", { type: "FeatureCollection", features: flat } as never);
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
