/** Makes a picture of a page small: a palette of 256 colours, which text and maps do not exceed much. */

import { crc32, deflateSync, inflateSync } from 'node:zlib';

interface Pixels {
  width: number;
  height: number;
  /** Three bytes a pixel. */
  rgb: Uint8Array;
}

/** Reads what Chromium writes: 8 bits a channel, with or without alpha, not interlaced. */
function decode(png: Buffer): Pixels {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const size = png[25] === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const line = width * size;
  const bytes = new Uint8Array(line * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)];
    for (let x = 0; x < line; x++) {
      const here = y * line + x;
      const a = x >= size ? (bytes[here - size] ?? 0) : 0;
      const b = y > 0 ? (bytes[here - line] ?? 0) : 0;
      const c = x >= size && y > 0 ? (bytes[here - line - size] ?? 0) : 0;
      bytes[here] = (raw[y * (line + 1) + 1 + x] ?? 0) + predicted(filter ?? 0, a, b, c);
    }
  }
  const rgb = new Uint8Array(width * height * 3);
  for (let n = 0; n < width * height; n++) {
    for (let k = 0; k < 3; k++) rgb[n * 3 + k] = bytes[n * size + k] ?? 0;
  }
  return { width, height, rgb };
}

/** What a filter of the PNG specification expects, from the bytes to the left, above and between. */
function predicted(filter: number, a: number, b: number, c: number): number {
  if (filter === 1) return a;
  if (filter === 2) return b;
  if (filter === 3) return (a + b) >> 1;
  if (filter !== 4) return 0;
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

/** The same picture with the 256 colours that it has most of. */
export function small(png: Buffer): Buffer {
  const { width, height, rgb } = decode(png);
  const often = new Map<number, number>();
  const colour = (n: number) =>
    ((rgb[n * 3] ?? 0) << 16) | ((rgb[n * 3 + 1] ?? 0) << 8) | (rgb[n * 3 + 2] ?? 0);
  for (let n = 0; n < width * height; n++) often.set(colour(n), (often.get(colour(n)) ?? 0) + 1);
  const palette = [...often.entries()]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 256)
    .map(([value]) => value);
  const nearest = new Map<number, number>();
  const index = (value: number): number => {
    const known = nearest.get(value);
    if (known !== undefined) return known;
    let best = 0;
    let least = Infinity;
    palette.forEach((other, at) => {
      const [r, g, b] = [16, 8, 0].map((by) => ((value >> by) & 255) - ((other >> by) & 255));
      const far = (r ?? 0) ** 2 + (g ?? 0) ** 2 + (b ?? 0) ** 2;
      if (far < least) [best, least] = [at, far];
    });
    nearest.set(value, best);
    return best;
  };
  const raw = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) raw[y * (width + 1) + 1 + x] = index(colour(y * width + x));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', head),
    chunk(
      'PLTE',
      Uint8Array.from(palette.flatMap((v) => [(v >> 16) & 255, (v >> 8) & 255, v & 255])),
    ),
    chunk('IDAT', deflateSync(raw, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}
