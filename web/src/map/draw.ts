/** Draws the map on a canvas, back to front. */

import type { Detail, World } from './base.ts';
import type { Region, Shape } from './region.ts';
import { meet, seen, toScreen, type Box, type Camera } from './mercator.ts';
import { areaOf, imprecise, radius, type Cluster, type Placed } from './spots.ts';

/** Colours of the page's theme, read from its tokens. */
export interface Inks {
  ground: string;
  land: string;
  water: string;
  line: string;
  border: string;
  surface: string;
  ink: string;
  quiet: string;
  said: string;
  denied: string;
  unknown: string;
}

export function inks(of: Element): Inks {
  const style = getComputedStyle(of);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: token('map-ground'),
    land: token('land'),
    water: token('water'),
    line: token('map-line'),
    border: token('map-border'),
    surface: token('surface'),
    ink: token('ink'),
    quiet: token('ink-3'),
    said: token('said'),
    denied: token('denied'),
    unknown: token('unknown'),
  };
}

export interface Canvas {
  ctx: CanvasRenderingContext2D;
  width: number;
  height: number;
  /** Device pixels per CSS pixel. */
  density: number;
  camera: Camera;
  inks: Inks;
}

/** From how many pixels per unit on a layer is worth drawing. */
const SHOWN = { detail: 3, inner: 4.5, rivers: 5, cities: 4.5 };

function onPlane({ ctx, width, height, density, camera }: Canvas, act: () => void): void {
  ctx.save();
  ctx.scale(density, density);
  ctx.translate(width / 2, height / 2);
  ctx.scale(camera.k, camera.k);
  ctx.translate(-camera.x, -camera.y);
  act();
  ctx.restore();
}

function visible<T extends Shape>(shapes: T[], view: Box): T[] {
  return shapes.filter((shape) => meet(shape.box, view));
}

/** Land, water and borders. */
export function drawBase(canvas: Canvas, world: World | null, detail: Detail | null): void {
  const { ctx, width, height, density, camera, inks: ink } = canvas;
  const view = seen(camera, width, height);
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, width * density, height * density);
  const close = detail && camera.k >= SHOWN.detail ? detail : null;
  onPlane(canvas, () => {
    ctx.lineJoin = 'round';
    const stroke = (shapes: Shape[], style: string, pixels: number, dash: number[] = []) => {
      ctx.strokeStyle = style;
      ctx.lineWidth = pixels / camera.k;
      ctx.setLineDash(dash.map((d) => d / camera.k));
      for (const shape of visible(shapes, view)) ctx.stroke(shape.path);
      ctx.setLineDash([]);
    };
    const land: Region[] = visible(close?.divisions ?? world?.countries ?? [], view);
    ctx.fillStyle = ink.land;
    for (const region of land) ctx.fill(region.path, 'evenodd');
    // Neighbours that were filled one by one leave a hair of water between them.
    if (close) stroke(land, ink.land, 0.8);
    else stroke(land, ink.line, 0.6);
    if (!close) return;
    ctx.fillStyle = ink.water;
    for (const lake of visible(close.lakes, view)) ctx.fill(lake.path, 'evenodd');
    if (camera.k >= SHOWN.rivers) stroke(close.rivers, ink.water, 1);
    if (camera.k >= SHOWN.inner) stroke(close.inner, ink.line, 0.6);
    stroke(close.borders, ink.border, 1);
    stroke(close.unsettled, ink.border, 1, [3, 3]);
  });
  if (close && camera.k >= SHOWN.cities) drawCities(canvas, close, view);
}

function drawCities(canvas: Canvas, detail: Detail, view: Box): void {
  const { ctx, width, height, density, camera, inks: ink } = canvas;
  // One step of rank more for every doubling.
  const rank = Math.log2(camera.k / SHOWN.cities) * 1.6 + 1.2;
  ctx.save();
  ctx.scale(density, density);
  ctx.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 3;
  ctx.lineJoin = 'round';
  const taken: Box[] = [];
  for (const city of detail.cities) {
    if (city.rank > rank) break;
    if (!meet(view, [city.at[0], city.at[1], city.at[0], city.at[1]])) continue;
    const [x, y] = toScreen(camera, width, height, city.at);
    const box: Box = [x - 4, y - 8, x + 8 + ctx.measureText(city.name).width, y + 8];
    if (taken.some((other) => meet(other, box))) continue;
    taken.push(box);
    ctx.fillStyle = ink.quiet;
    ctx.fillRect(x - 1.5, y - 1.5, 3, 3);
    ctx.strokeStyle = ink.land;
    ctx.strokeText(city.name, x + 6, y);
    ctx.fillText(city.name, x + 6, y);
  }
  ctx.restore();
}

function hatch(
  ctx: CanvasRenderingContext2D,
  style: string,
  density: number,
): CanvasPattern | null {
  const tile = document.createElement('canvas');
  const size = Math.round(6 * density);
  tile.width = tile.height = size;
  const pen = tile.getContext('2d');
  if (!pen) return null;
  pen.strokeStyle = style;
  pen.lineWidth = 1.1 * density;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  return ctx.createPattern(tile, 'repeat');
}

const colour = (ink: Inks, status: string): string =>
  status === 'denied' ? ink.denied : status === 'unknown' ? ink.unknown : ink.said;

/** The areas that imprecise spots may be anywhere in, hatched. */
export function drawAreas(
  canvas: Canvas,
  spots: Placed[],
  world: World | null,
  detail: Detail | null,
): void {
  const { ctx, camera, density, inks: ink } = canvas;
  const drawn = new Set<Region | string>();
  for (const spot of spots.filter(imprecise)) {
    const region = areaOf(spot, world, detail);
    const key = region ?? `${String(spot.lon)},${String(spot.lat)},${spot.level}`;
    if (drawn.has(key)) continue;
    drawn.add(key);
    const style = colour(ink, spot.status);
    const path = region?.path ?? circle(spot);
    const pattern = hatch(ctx, style, density);
    onPlane(canvas, () => {
      if (pattern) {
        // The hatching is of the screen, whatever the zoom.
        pattern.setTransform(new DOMMatrix().scale(1 / (camera.k * density)));
        ctx.globalAlpha = 0.4;
        ctx.fillStyle = pattern;
        ctx.fill(path, 'evenodd');
      }
      ctx.globalAlpha = 0.9;
      ctx.strokeStyle = style;
      ctx.lineWidth = 1.2 / camera.k;
      ctx.setLineDash([4 / camera.k, 3 / camera.k]);
      ctx.stroke(path);
    });
  }
}

function circle(spot: Placed): Path2D {
  const path = new Path2D();
  path.arc(spot.at[0], spot.at[1], radius(spot), 0, 2 * Math.PI);
  return path;
}

/** One sign a cluster: its shape says how it stands, a number how many it is. */
export function drawClusters(canvas: Canvas, all: Cluster[], lit: string | null): void {
  const { ctx, density, inks: ink } = canvas;
  ctx.save();
  ctx.scale(density, density);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const { at, spots } of [...all].sort((a, b) => a.spots.length - b.spots.length)) {
    const [x, y] = at;
    const here = spots.some((spot) => spot.id === lit);
    const [only] = spots;
    if (!only) continue;
    const r = spots.length === 1 ? 5.5 : Math.min(9 + Math.log2(spots.length) * 1.7, 22);
    ctx.beginPath();
    ctx.arc(x, y, r + (here ? 4 : 1.5), 0, 2 * Math.PI);
    ctx.fillStyle = here ? ink.ink : ink.surface;
    ctx.fill();
    if (spots.length === 1) drawSign(ctx, ink, only, x, y, r);
    else {
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.fillStyle = ink.surface;
      ctx.fill();
      drawShares(ctx, ink, spots, x, y, r);
      ctx.fillStyle = ink.ink;
      ctx.font = `600 11px ${getComputedStyle(document.body).fontFamily}`;
      ctx.fillText(String(spots.length), x, y + 0.5);
    }
  }
  ctx.restore();
}

function drawSign(
  ctx: CanvasRenderingContext2D,
  ink: Inks,
  spot: Placed,
  x: number,
  y: number,
  r: number,
): void {
  const arc = (from: number, to: number) => {
    ctx.beginPath();
    ctx.arc(x, y, r, from * Math.PI, to * Math.PI);
  };
  ctx.lineWidth = 2;
  ctx.strokeStyle = ctx.fillStyle = colour(ink, spot.status);
  if (spot.status === 'disputed') {
    ctx.fillStyle = ink.said;
    arc(0.5, 1.5);
    ctx.fill();
    ctx.fillStyle = ink.denied;
    arc(1.5, 0.5);
    ctx.fill();
    return;
  }
  if (spot.status === 'unknown' || spot.status === 'denied' || imprecise(spot)) {
    ctx.fillStyle = ink.surface;
    arc(0, 2);
    ctx.fill();
    if (spot.status === 'unknown') ctx.setLineDash([3, 2]);
    ctx.stroke();
    ctx.setLineDash([]);
    if (spot.status === 'denied') {
      ctx.beginPath();
      ctx.moveTo(x - r * 0.6, y + r * 0.6);
      ctx.lineTo(x + r * 0.6, y - r * 0.6);
      ctx.stroke();
    }
    return;
  }
  arc(0, 2);
  ctx.fill();
}

/** A ring with the shares of said, denied and unknown. */
function drawShares(
  ctx: CanvasRenderingContext2D,
  ink: Inks,
  spots: Placed[],
  x: number,
  y: number,
  r: number,
): void {
  const of = (...statuses: string[]) =>
    spots.filter((spot) => statuses.includes(spot.status)).length / spots.length;
  const shares: [string, number][] = [
    [ink.said, of('corroborated', 'single-source')],
    [ink.denied, of('disputed', 'denied')],
    [ink.unknown, of('unknown')],
  ];
  let from = -0.5 * Math.PI;
  ctx.lineWidth = 2.5;
  for (const [style, share] of shares) {
    if (share === 0) continue;
    const to = from + share * 2 * Math.PI;
    ctx.strokeStyle = style;
    ctx.beginPath();
    ctx.arc(x, y, r - 1, from, to);
    ctx.stroke();
    from = to;
  }
}
