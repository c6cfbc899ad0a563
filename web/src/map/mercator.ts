/** The map's plane: Web Mercator, the world's width is 1000 units. */

export const WORLD = 1000;

/** Beyond it the projection runs away. */
const POLE = 84;

export type Point = [number, number];

/** `[west, north, east, south]` on the plane: x grows to the east, y to the south. */
export type Box = [number, number, number, number];

export function project(lon: number, lat: number): Point {
  const phi = (Math.max(-POLE, Math.min(POLE, lat)) * Math.PI) / 180;
  return [
    ((lon + 180) / 360) * WORLD,
    (0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI)) * WORLD,
  ];
}

/** Degrees east and north. */
export function unproject([x, y]: Point): Point {
  const lon = (x / WORLD) * 360 - 180;
  const lat = (Math.atan(Math.sinh((0.5 - y / WORLD) * 2 * Math.PI)) * 180) / Math.PI;
  return [lon, lat];
}

/** How many units of the plane a kilometre is at this latitude. */
export function kilometre(lat: number): number {
  return WORLD / (40_075 * Math.cos((lat * Math.PI) / 180));
}

export const meet = (a: Box, b: Box): boolean =>
  a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

export function boxOf(points: Iterable<Point>): Box | null {
  let box: Box | null = null;
  for (const [x, y] of points) {
    if (!box) box = [x, y, x, y];
    else box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return box;
}

/** What the window shows: the plane's point at its middle, and pixels per unit. */
export interface Camera {
  x: number;
  y: number;
  k: number;
}

export const LEAST = 0.25;
export const MOST = 260;

/** A camera that shows a box whole, with some air around it. */
export function fit(box: Box, width: number, height: number, closest = 60): Camera {
  const air = 36;
  const k = Math.min(
    Math.max(width - 2 * air, 40) / Math.max(box[2] - box[0], 1e-6),
    Math.max(height - 2 * air, 40) / Math.max(box[3] - box[1], 1e-6),
    closest,
  );
  return { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2, k: Math.max(k, LEAST) };
}

/** The part of the plane in the window. */
export function seen(camera: Camera, width: number, height: number): Box {
  const [w, h] = [width / 2 / camera.k, height / 2 / camera.k];
  return [camera.x - w, camera.y - h, camera.x + w, camera.y + h];
}

export function toScreen(camera: Camera, width: number, height: number, [x, y]: Point): Point {
  return [(x - camera.x) * camera.k + width / 2, (y - camera.y) * camera.k + height / 2];
}
