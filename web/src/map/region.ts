/** Countries and divisions on the plane, and which of them a point is in. */

import { meet, type Box, type Point } from './mercator.ts';

/** Something drawn, ready for the canvas. */
export interface Shape {
  path: Path2D;
  box: Box;
}

/** A country or a first-order division. */
export interface Region extends Shape {
  country: string;
  name: string;
  rings: Point[][];
}

/** Whether a point is inside, by the number of edges to its right. */
function holds(region: Region, [x, y]: Point): boolean {
  let inside = false;
  for (const ring of region.rings) {
    for (let n = 0, before = ring.length - 1; n < ring.length; before = n++) {
      const [ax, ay] = ring[n] ?? [0, 0];
      const [bx, by] = ring[before] ?? [0, 0];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** The region that a point is in. */
export function regionAt(all: Region[], point: Point): Region | null {
  const box: Box = [point[0], point[1], point[0], point[1]];
  return all.find((region) => meet(region.box, box) && holds(region, point)) ?? null;
}
