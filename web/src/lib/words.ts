/** How codes of the schema are said to a reader. */

import type { Range } from '../api/types.ts';
import { visible } from './odd.ts';

const QUESTIONS: Record<string, string> = {
  happened: 'Did it happen?',
  type: 'What happened?',
  'who-did-it': 'Who did it?',
  'to-whom': 'To whom?',
  killed: 'How many were killed?',
  injured: 'How many were injured?',
  missing: 'How many are missing?',
  abducted: 'How many were abducted?',
  detained: 'How many were detained?',
  displaced: 'How many were displaced?',
  place: 'Where?',
  time: 'When?',
  weapon: 'With what?',
};

/** A question of a finding, in words. */
export const question = (code: string): string => QUESTIONS[code] ?? sentence(code);

const SHORT: Record<string, string> = {
  happened: 'Happened',
  type: 'What',
  'who-did-it': 'Who',
  'to-whom': 'To whom',
  place: 'Where',
  time: 'When',
};

/** The same for the head of a column. */
export const shortQuestion = (code: string): string => SHORT[code] ?? sentence(code);

const STATUS: Record<string, string> = {
  corroborated: 'Corroborated',
  'single-source': 'Single source',
  disputed: 'Disputed',
  denied: 'Denied',
  unknown: 'Unknown',
};

export const status = (code: string): string => STATUS[code] ?? sentence(code);

export const STATUS_MEANS: Record<string, string> = {
  corroborated: 'At least two independent origins say so.',
  'single-source': 'It rests on one origin, however often it was printed.',
  disputed: 'Origins contradict one another: one denies it, or no figure suits all.',
  denied: 'It is only denied.',
  unknown: 'Origins were asked or looked, and do not know.',
};

const STANCE: Record<string, string> = {
  asserts: 'says so',
  denies: 'denies it',
  'does-not-know': 'does not know',
};

export const stance = (code: string): string => STANCE[code] ?? sentence(code);

const ORIGIN: Record<string, string> = {
  speaker: 'speaker',
  'wire-copy': 'wire copy',
  'own-reporting': 'own reporting',
};

export const originKind = (code: string): string => ORIGIN[code] ?? sentence(code);

const LEVELS: Record<string, string> = {
  site: 'exact site',
  neighbourhood: 'neighbourhood',
  settlement: 'town or village',
  district: 'somewhere in the district',
  province: 'somewhere in the province',
  country: 'somewhere in the country',
};

export const level = (code: string): string => LEVELS[code] ?? code;

const FIELDS: Record<string, string> = {
  side_a: 'Side A',
  side_b: 'Side B',
  toll_status: 'Count',
  tolls: 'Tolls',
  acled: 'Type',
  place: 'Place',
  time: 'Date',
  status: 'Status',
  anchor: 'Words of the event',
  act: 'Act',
  polarity: 'Polarity',
  certainty: 'Certainty',
  sources: 'Speaker',
  cue: 'Cue',
  content: 'Content',
  to: 'Said to',
  medium: 'Medium',
  weapons: 'Weapons',
};

export const field = (code: string): string => FIELDS[code] ?? sentence(code);

/** `claim-responsibility` as “Claim responsibility”. */
export function sentence(code: string): string {
  const words = code.replaceAll(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Questions that are answered by a number. */
export const COUNTED: ReadonlySet<string> = new Set([
  'killed',
  'injured',
  'missing',
  'abducted',
  'detained',
  'displaced',
]);

const number = (n: number | string): string => Number(n).toLocaleString('en');

/**
 * A count as an answer has it: `16`, `16+` (at least), `-16` (at most), `~16`, `10-15`, and a vague word
 * by the least that it says: `24?`. In words, or as short as beside a point of a chart.
 */
export function amount(answer: string, short = false): string {
  const found = /^([-~]?)(\d+)(?:-(\d+)|([+?]))?$/.exec(answer);
  if (!found) return visible(answer);
  const [, before, first = '', last, behind] = found;
  const low = number(first);
  if (last !== undefined) return `${low}–${number(last)}`;
  if (before === '-') return short ? `≤${low}` : `up to ${low}`;
  if (before === '~') return short ? `~${low}` : `about ${low}`;
  if (behind === '+') return short ? `${low}+` : `at least ${low}`;
  if (behind === '?') return short ? `${low}?` : `a vague number (${low} or more)`;
  return low;
}

/** What an origin answers, as it is shown. */
export function value(of: string, answer: string | null): string {
  if (answer === null) return 'not known';
  if (COUNTED.has(of)) return amount(answer);
  if (of === 'happened') return answer === 'yes' ? 'It happened' : sentence(answer);
  if (of === 'time') return days(...(answer.split('/') as [string, string?]));
  return visible(answer);
}

/**
 * A range of figures: one, or lowest and highest. With `+` where the highest is the least that somebody
 * says; of “up to 16” alone nobody knows the lowest.
 */
export function range(of: Pick<Range, 'low' | 'high' | 'open'> | null, short = false): string {
  if (!of || (of.low === null && of.high === null)) return '';
  const more = of.open ? '+' : '';
  if (of.low === null) return `${short ? '≤' : 'up to '}${number(of.high ?? 0)}${more}`;
  return of.high === null || of.high === of.low
    ? `${number(of.low)}${more}`
    : `${number(of.low)}–${number(of.high)}${more}`;
}

/** “9 prints”, “1 print”. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** A day or a moment as given, in UTC; what is no date stands as it is. */
export function moment(given: string | null | undefined): string {
  if (!given) return 'no date';
  const date = new Date(given);
  if (Number.isNaN(date.getTime())) return given;
  // Midnight to the second is how many outlets write a day.
  const whole = given.length <= 10 || /T00:00(:00(\.0+)?)?(Z|\+00:00)$/.test(given);
  return whole ? DAY.format(date) : `${TIME.format(date)} UTC`;
}

/** The day alone. */
export function day(given: string | null | undefined): string {
  if (!given) return 'no date';
  const date = new Date(given);
  return Number.isNaN(date.getTime()) ? given : DAY.format(date);
}

/** One day, or the first and the last. */
export function days(start: string | null | undefined, end?: string | null): string {
  if (!start) return end ? `until ${day(end)}` : 'no date';
  if (!end || end === start) return day(start);
  const [first, last] = [new Date(start), new Date(end)];
  if (Number.isNaN(first.getTime()) || Number.isNaN(last.getTime())) return `${start} to ${end}`;
  return DAY.formatRange(first, last);
}
