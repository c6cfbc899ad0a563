// Makes the offline base map (src/basemap/*.json) from Natural Earth.
//
//   node scripts/basemap.mjs FOLDER
//
// FOLDER holds Natural Earth layers as gzipped GeoJSON, named as in LAYERS below. The result is
// small enough to be embedded in the program: coordinates are quantised to about 400 m, shapes are
// simplified by area (Visvalingam), and arcs that two divisions share are kept once. What is drawn
// is for orientation; nothing is decided by it.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { filter, filterWeight, presimplify, simplify } from 'topojson-simplify';

const LAYERS = {
  admin1: 'ne_10m_admin_1_states_provinces.geojson.gz',
  borders: 'ne_10m_admin_0_boundary_lines_land.geojson.gz',
  countries: 'ne_50m_admin_0_countries.geojson.gz',
  rivers: 'ne_10m_rivers_lake_centerlines.geojson.gz',
  lakes: 'ne_10m_lakes.geojson.gz',
  cities: 'ne_10m_populated_places_simple.geojson.gz',
};

/** Lines that states do not agree on are drawn as such. */
const SETTLED = 'International boundary (verify)';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node scripts/basemap.mjs FOLDER');
  process.exit(2);
}

const read = (name) => JSON.parse(gunzipSync(readFileSync(join(folder, LAYERS[name])))).features;
const features = (list) => ({ type: 'FeatureCollection', features: list });
const number = (value, otherwise) =>
  value === undefined || value === '' || Number.isNaN(Number(value)) ? otherwise : Number(value);
const feature = (properties, geometry) => ({ type: 'Feature', properties, geometry });

/** Quantised, simplified to a smallest triangle (in square degrees), tiny islands left out. */
function small(layers, quantization, triangle, island) {
  const whole = presimplify(topology(layers, quantization));
  const simple = simplify(whole, triangle);
  const kept = island ? filter(simple, filterWeight(simple, island)) : simple;
  return quantize(kept, quantization);
}

function write(name, value) {
  const text = JSON.stringify(value);
  writeFileSync(new URL(`../src/basemap/${name}.json`, import.meta.url), `${text}\n`);
  console.log(`${name}.json ${(text.length / 1000).toFixed(0)} kB`);
}

const countries = read('countries').map((f) =>
  feature({ a3: f.properties.ADM0_A3, name: f.properties.NAME_LONG }, f.geometry),
);
write('world', small({ countries: features(countries) }, 1e4, 0.03, 0.08));

const admin1 = read('admin1').map((f) =>
  feature({ a3: f.properties.adm0_a3, name: f.properties.name ?? '' }, f.geometry),
);
const borders = read('borders').map((f) =>
  feature({ settled: f.properties.FEATURECLA === SETTLED }, f.geometry),
);
const rivers = read('rivers')
  .filter((f) => f.geometry && number(f.properties.min_zoom, 9) <= 5)
  .map((f) => feature({ zoom: number(f.properties.min_zoom, 5) }, f.geometry));
const lakes = read('lakes')
  .filter((f) => number(f.properties.min_zoom, 9) <= 5)
  .map((f) => feature({}, f.geometry));
write('divisions', small({ admin1: features(admin1) }, 5e4, 0.003, 0.006));
write('lines', small({ borders: features(borders), rivers: features(rivers) }, 5e4, 0.003, 0));
write('lakes', small({ lakes: features(lakes) }, 5e4, 0.003, 0.01));

const cities = read('cities')
  .map((f) => [
    f.properties.name,
    Number(f.geometry.coordinates[0].toFixed(2)),
    Number(f.geometry.coordinates[1].toFixed(2)),
    number(f.properties.scalerank, 10),
  ])
  .filter(([, , , rank]) => rank <= 8)
  .sort((a, b) => a[3] - b[3] || (a[0] < b[0] ? -1 : 1));
write('cities', cities);
