/** A value of a sheet in a line of words. */

import { visible } from './odd.ts';
import { amount, days, sentence } from './words.ts';

interface Loose {
  quote?: string;
  name?: string;
  effect?: string;
  low?: number;
  high?: number | null;
  bound?: string;
  start?: string | null;
  end?: string | null;
  level?: string;
}

/** How many, as the words bound it: “at least 16” is not 16. */
function counted({ low = 0, high = null, bound }: Loose): string {
  const range = high !== null && high !== low ? `${String(low)}-${String(high)}` : null;
  if (bound === 'at-most') return amount(`-${String(high ?? low)}`);
  if (bound === 'vague') return amount(`${String(low)}?`);
  if (range) return amount(range);
  if (bound === 'about') return amount(`~${String(low)}`);
  return amount(bound === 'exact' || high !== null ? String(low) : `${String(low)}+`);
}

function one(value: Loose): string {
  if (value.effect !== undefined) {
    return `${counted(value)} ${value.effect}`;
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
