/** The offline base map: Natural Earth, as scripts/basemap.mjs made it small. */

import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, MultiLineString, Topology } from 'topojson-specification';
import citiesUrl from '../basemap/cities.json?url';
import divisionsUrl from '../basemap/divisions.json?url';
import lakesUrl from '../basemap/lakes.json?url';
import linesUrl from '../basemap/lines.json?url';
import worldUrl from '../basemap/world.json?url';
import { boxOf, project, type Point } from './mercator.ts';
import type { Region, Shape } from './region.ts';

export interface City {
  at: Point;
  name: string;
  /** 0 is a world city. */
  rank: number;
}

/** What can be shown at once, everywhere. */
export interface World {
  countries: Region[];
}

/** What is fetched after the page stands. */
export interface Detail {
  divisions: Region[];
  inner: Shape[];
  borders: Shape[];
  unsettled: Shape[];
  rivers: Shape[];
  lakes: Shape[];
  cities: City[];
}

type Lines = Topology<{
  borders: GeometryCollection<{ settled: boolean }>;
  rivers: GeometryCollection<{ zoom: number }>;
}>;
type Named<Name extends string> = Topology<
  Record<Name, GeometryCollection<{ a3: string; name: string }>>
>;

async function load<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`no base map at ${url}`);
  return (await answer.json()) as T;
}

function shape(lines: Point[][], closed: boolean): Shape | null {
  const path = new Path2D();
  for (const line of lines) {
    line.forEach(([x, y], n) => {
      if (n === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    });
    if (closed) path.closePath();
  }
  const box = boxOf(lines.flat());
  return box && { path, box };
}

const onPlane = (line: number[][]): Point[] =>
  line.map(([lon, lat]) => project(lon ?? 0, lat ?? 0));

/** Lines and rings of a geometry on the plane. */
function lines(geometry: GeoJSON.Geometry | null): Point[][] {
  switch (geometry?.type) {
    case 'Polygon':
    case 'MultiLineString':
      return geometry.coordinates.map(onPlane);
    case 'MultiPolygon':
      return geometry.coordinates.flat().map(onPlane);
    case 'LineString':
      return [onPlane(geometry.coordinates)];
    default:
      return [];
  }
}

function regions<Name extends string>(topology: Named<Name>, name: Name): Region[] {
  return feature(topology, topology.objects[name]).features.flatMap((found) => {
    const rings = lines(found.geometry);
    const drawn = shape(rings, true);
    return drawn
      ? [{ ...drawn, rings, country: found.properties.a3, name: found.properties.name }]
      : [];
  });
}

/** One shape a line, so that what is out of the window is not drawn. */
const shapes = (geometry: GeoJSON.Geometry | null, closed = false): Shape[] =>
  lines(geometry).flatMap((line) => shape([line], closed) ?? []);

let world: Promise<World> | null = null;
let detail: Promise<Detail> | null = null;

export function loadWorld(): Promise<World> {
  world ??= load<Named<'countries'>>(worldUrl).then((topology) => ({
    countries: regions(topology, 'countries'),
  }));
  return world;
}

export function loadDetail(): Promise<Detail> {
  detail ??= readDetail();
  return detail;
}

async function readDetail(): Promise<Detail> {
  const [divisions, drawn, lakes, cities] = await Promise.all([
    load<Named<'admin1'>>(divisionsUrl),
    load<Lines>(linesUrl),
    load<Named<'lakes'>>(lakesUrl),
    load<[string, number, number, number][]>(citiesUrl),
  ]);
  const country = (of: unknown) => (of as { properties: { a3: string } }).properties.a3;
  const inner = mesh(
    divisions,
    divisions.objects.admin1,
    (a, b) => a !== b && country(a) === country(b),
  );
  const borders = feature(drawn, drawn.objects.borders).features;
  return {
    divisions: regions(divisions, 'admin1'),
    inner: shapes(inner satisfies GeoJSON.MultiLineString | MultiLineString),
    borders: borders.filter((f) => f.properties.settled).flatMap((f) => shapes(f.geometry)),
    unsettled: borders.filter((f) => !f.properties.settled).flatMap((f) => shapes(f.geometry)),
    rivers: feature(drawn, drawn.objects.rivers).features.flatMap((f) => shapes(f.geometry)),
    lakes: feature(lakes, lakes.objects.lakes).features.flatMap((f) => {
      const whole = shape(lines(f.geometry), true);
      return whole ? [whole] : [];
    }),
    cities: cities.map(([name, lon, lat, rank]) => ({ name, rank, at: project(lon, lat) })),
  };
}
