/** A value of a sheet in a line of words. */

import { visible } from './odd.ts';
import { days, sentence } from './words.ts';

interface Loose {
  quote?: string;
  name?: string;
  effect?: string;
  low?: number;
  high?: number | null;
  start?: string | null;
  end?: string | null;
  level?: string;
}

function one(value: Loose): string {
  if (value.effect !== undefined) {
    const high = value.high !== null && value.high !== value.low ? `–${String(value.high)}` : '';
    return `${String(value.low)}${high} ${value.effect}`;
  }
  if (value.level !== undefined) return visible(value.name ?? '');
  if (value.start !== undefined) return days(value.start, value.end);
  return visible(value.quote ?? '');
}

export function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(shown).join('; ');
  if (typeof value === 'object') return one(value);
  return typeof value === 'string' && /^[a-z-]+$/.test(value)
    ? sentence(value)
    : String(value as string | number);
}
