/** When things were published: a day, or a time with or without a zone, as the outlet gave it. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ZONE = /(?:[zZ]|[+-]\d{2}:?\d{2})$/;
const A_DAY = 24 * 60 * 60 * 1000;

/**
 * The last moment that it can mean, in milliseconds, as the server reads it: a day lasts to its end
 * in UTC, a time without a zone is in UTC.
 */
export function latest(written: string): number {
  if (DAY.test(written)) return Date.parse(written) + A_DAY - 1;
  // The ledger counts microseconds; `Date` cuts them off.
  const rest = /\.\d{3}(\d+)/.exec(written)?.[1];
  const cut = rest ? Number(`0.${rest}`) : 0;
  return Date.parse(ZONE.test(written) ? written : `${written}Z`) + cut;
}

/** Each moment once, the earliest first; what cannot be read comes last. */
export function inOrder(all: string[]): string[] {
  const at = (written: string) => {
    const moment = latest(written);
    return Number.isNaN(moment) ? Infinity : moment;
  };
  return [...new Set(all)].sort((a, b) => {
    const [first, second] = [at(a), at(b)];
    return first === second ? a.localeCompare(b) : first - second;
  });
}

/** How many of these moments, in order, are no later than `at`. */
export function reached(moments: string[], at: string): number {
  const end = latest(at);
  return moments.filter((moment) => latest(moment) <= end).length;
}
