import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import type { Detail, World } from './base.ts';
import { boxOf, fit, project, seen, type Point } from './mercator.ts';
import { regionAt, type Region } from './region.ts';
import { areaOf, clusters, imprecise, place, radius, type Spot } from './spots.ts';

const spot = (level: string, precision: number, lon = 31, lat = 11, id = level): Spot => ({
  id,
  lon,
  lat,
  level,
  precision,
  status: 'single-source',
  label: id,
});

/** A square with a hole in its middle. */
function ring(name: string): Region {
  const square = (from: number, to: number): Point[] => [
    project(from, from),
    project(to, from),
    project(to, to),
    project(from, to),
  ];
  const rings = [square(0, 40), square(15, 20)];
  return {
    name,
    country: 'XXX',
    rings,
    box: boxOf(rings.flat()) ?? [0, 0, 0, 0],
    path: {} as Path2D,
  };
}

test('a point in a hole of a region is not in it', () => {
  const region = ring('one');
  assert.equal(regionAt([region], project(31, 11)), region);
  assert.equal(regionAt([region], project(17, 17)), null);
  assert.equal(regionAt([region], project(50, 17)), null);
});

test('only an exact place is a point', () => {
  assert.equal(imprecise(spot('settlement', 1)), false);
  assert.equal(imprecise(spot('settlement', 2)), true);
  for (const level of ['district', 'province', 'country'])
    assert.equal(imprecise(spot(level, 1)), true);
});

test('a province is its division, a country itself, a district a circle', () => {
  const country = ring('country');
  const division = ring('division');
  const world: World = { countries: [country] };
  const detail = { divisions: [division] } as Detail;
  assert.equal(areaOf(place(spot('province', 4)), world, detail), division);
  assert.equal(areaOf(place(spot('country', 6)), world, detail), country);
  const district = place(spot('district', 3));
  assert.equal(areaOf(district, world, detail), null);
  assert.ok(radius(district) > 0);
  assert.equal(radius(place(spot('settlement', 1))), 0);
});

test('spots that would cover one another are one sign, and none is lost', () => {
  const all = Array.from({ length: 200 }, (_, n) =>
    place(spot('settlement', 1, n % 20, 10 + (n % 7), String(n))),
  );
  const box = boxOf(all.map(({ at }) => at));
  assert.ok(box);
  const far = fit(box, 300, 200, 1);
  const near = fit(box, 900, 700, 60);
  const count = (camera: typeof far, w: number, h: number) =>
    clusters(all, camera, seen(camera, w, h), w, h);
  const [few, many] = [count(far, 300, 200), count(near, 900, 700)];
  assert.ok(few.length < many.length);
  for (const found of [few, many]) {
    assert.equal(
      found.reduce((sum, cluster) => sum + cluster.spots.length, 0),
      200,
    );
  }
});
