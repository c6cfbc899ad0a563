import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import { boxOf, fit, project, seen, toScreen, unproject } from './mercator.ts';

test('the plane and the globe agree both ways', () => {
  for (const [lon, lat] of [
    [0, 0],
    [31.78, 11.2],
    [-73.75, 18.19],
    [179.9, -60],
  ] as const) {
    const [east, north] = unproject(project(lon, lat));
    assert.ok(Math.abs(east - lon) < 1e-9 && Math.abs(north - lat) < 1e-9);
  }
});

test('a fitted box is in the window whole', () => {
  const box = boxOf([project(20, 0), project(40, 25)]);
  assert.ok(box);
  const view = seen(fit(box, 600, 400), 600, 400);
  assert.ok(view[0] < box[0] && view[1] < box[1] && view[2] > box[2] && view[3] > box[3]);
});

test('the middle of the camera is the middle of the window', () => {
  assert.deepEqual(toScreen({ x: 500, y: 400, k: 3 }, 600, 400, [500, 400]), [300, 200]);
});
