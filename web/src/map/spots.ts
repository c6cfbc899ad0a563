/** What the map shows of incidents: points where a place is exact, areas where it is not. */

import type { FindingStatus } from '../api/types.ts';
import type { Detail, World } from './base.ts';
import { regionAt, type Region } from './region.ts';
import { kilometre, project, toScreen, type Box, type Camera, type Point } from './mercator.ts';

/** Something that happened somewhere. */
export interface Spot {
  id: string;
  lon: number;
  lat: number;
  level: string;
  /** UCDP, 1 exact. */
  precision: number;
  status: FindingStatus;
  label: string;
}

export interface Placed extends Spot {
  at: Point;
}

export const place = (spot: Spot): Placed => ({ ...spot, at: project(spot.lon, spot.lat) });

/** Whether a point on the map would say more than the reports do. */
export const imprecise = (spot: Spot): boolean =>
  spot.precision > 1 || ['district', 'province', 'country'].includes(spot.level);

/** How far from the point it may have been, where no drawn division says so, in kilometres. */
export function reach(spot: Spot): number {
  if (spot.level === 'country') return 250;
  if (spot.level === 'province') return 90;
  if (spot.level === 'district') return 30;
  return spot.precision > 1 ? 25 : 0;
}

/** The division or country that an imprecise spot may be anywhere in. */
export function areaOf(spot: Placed, world: World | null, detail: Detail | null): Region | null {
  if (spot.level === 'country') return world && regionAt(world.countries, spot.at);
  if (spot.level === 'province') return detail && regionAt(detail.divisions, spot.at);
  return null;
}

/** The radius of its circle on the plane. */
export const radius = (spot: Placed): number => reach(spot) * kilometre(spot.lat);

/** Spots that would cover one another, drawn as one. */
export interface Cluster {
  at: Point;
  spots: Placed[];
}

const CELL = 46;

/** Clusters of what is in the window, in screen coordinates; the same spots give the same ones. */
export function clusters(
  spots: Placed[],
  camera: Camera,
  view: Box,
  w: number,
  h: number,
): Cluster[] {
  const cells = new Map<string, Placed[]>();
  const size = CELL / camera.k;
  for (const spot of spots) {
    const [x, y] = spot.at;
    if (x < view[0] - size || x > view[2] + size || y < view[1] - size || y > view[3] + size)
      continue;
    const cell = `${String(Math.floor(x / size))}:${String(Math.floor(y / size))}`;
    const found = cells.get(cell);
    if (found) found.push(spot);
    else cells.set(cell, [spot]);
  }
  return [...cells.values()].map((found) => {
    const middle = found.reduce<Point>(
      ([x, y], spot) => [x + spot.at[0] / found.length, y + spot.at[1] / found.length],
      [0, 0],
    );
    return { at: toScreen(camera, w, h, middle), spots: found };
  });
}
