/** Days, weeks, months or years of a timeline, so that there are never too many. */

const DAY = 86_400_000;
const MOST = 90;

export interface Bin {
  /** First day, ISO 8601. */
  start: string;
  /** Last day. */
  end: string;
  count: number;
  disputed: number;
}

export type Unit = 'day' | 'week' | 'month' | 'year';

const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

function floor(time: number, unit: Unit): number {
  const date = new Date(time);
  if (unit === 'year') return Date.UTC(date.getUTCFullYear(), 0, 1);
  if (unit === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  const day = Math.floor(time / DAY) * DAY;
  // Weeks start on Mondays; the epoch was a Thursday.
  return unit === 'week' ? day - ((((day / DAY + 3) % 7) + 7) % 7) * DAY : day;
}

function next(time: number, unit: Unit): number {
  const date = new Date(time);
  if (unit === 'year') return Date.UTC(date.getUTCFullYear() + 1, 0, 1);
  if (unit === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  return time + (unit === 'week' ? 7 : 1) * DAY;
}

/** Bins of what happened from the first day to the last; empty ones are among them. */
export function bins(happened: { start: string | null; disputed: number }[]): {
  unit: Unit;
  bins: Bin[];
} {
  const times = happened.flatMap(({ start, disputed }) => {
    const time = start ? Date.parse(start) : NaN;
    return Number.isNaN(time) ? [] : [{ time, disputed: disputed > 0 }];
  });
  if (times.length === 0) return { unit: 'day', bins: [] };
  const first = times.reduce((least, { time }) => Math.min(least, time), Infinity);
  const last = times.reduce((most, { time }) => Math.max(most, time), -Infinity);
  const days = (last - first) / DAY + 1;
  const unit: Unit =
    days <= MOST ? 'day' : days / 7 <= MOST ? 'week' : days / 30 <= MOST ? 'month' : 'year';
  const result: Bin[] = [];
  const at = new Map<number, Bin>();
  for (let time = floor(first, unit); time <= last; time = next(time, unit)) {
    const bin = { start: iso(time), end: iso(next(time, unit) - DAY), count: 0, disputed: 0 };
    result.push(bin);
    at.set(time, bin);
  }
  for (const { time, disputed } of times) {
    const bin = at.get(floor(time, unit));
    if (!bin) continue;
    bin.count++;
    if (disputed) bin.disputed++;
  }
  return { unit, bins: result };
}
