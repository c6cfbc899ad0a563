/** Fields of a finding that an analyst can correct, and what may stand in them. */

import { TYPES } from './filter.ts';

export type Form = 'code' | 'flag' | 'words' | 'word' | 'speakers' | 'place' | 'time' | 'tolls';

export interface Field {
  name: string;
  form: Form;
  codes?: string[];
  /** Whether it may be empty. */
  empty?: boolean;
  /** The key of `why`, where that is another. */
  why?: string;
}

export const STATEMENT: Field[] = [
  { name: 'sources', form: 'speakers' },
  {
    name: 'act',
    form: 'code',
    codes: [
      'report',
      'confirm',
      'deny',
      'accuse',
      'condemn',
      'threaten',
      'claim-responsibility',
      'demand',
      'pledge',
      'doubt',
      'estimate',
      'silence',
    ],
  },
  { name: 'content', form: 'words' },
  { name: 'polarity', form: 'code', codes: ['affirmed', 'negated'] },
  { name: 'certainty', form: 'code', codes: ['certain', 'probable', 'possible'] },
  { name: 'cue', form: 'word', empty: true },
  { name: 'to', form: 'word', empty: true },
  { name: 'medium', form: 'word', empty: true },
];

export const EVENT: Field[] = [
  { name: 'acled', form: 'code', codes: TYPES, empty: true, why: 'type' },
  {
    name: 'status',
    form: 'code',
    codes: ['asserted', 'denied', 'disputed', 'alleged', 'planned'],
  },
  { name: 'side_a', form: 'words' },
  { name: 'side_b', form: 'words' },
  { name: 'place', form: 'place', empty: true },
  { name: 'time', form: 'time', empty: true },
  { name: 'tolls', form: 'tolls' },
  { name: 'toll_status', form: 'code', codes: ['counted', 'none', 'unknown', 'not-stated'] },
  { name: 'weapons', form: 'words' },
  { name: 'anchor', form: 'word' },
];

export const SPEAKERS = [
  'named-official',
  'anonymous-official',
  'local-sources',
  'monitor',
  'armed-group',
  'government',
  'media',
  'document',
  'eyewitness',
  'organisation',
  'person',
  'unknown',
];

export const EFFECTS = ['killed', 'injured', 'missing', 'abducted', 'detained', 'displaced'];
export const PEOPLE = [
  'people',
  'civilians',
  'children',
  'women',
  'soldiers',
  'police',
  'fighters',
  'other',
];
export const BOUNDS = ['exact', 'at-least', 'at-most', 'about', 'vague'];
export const LEVELS = ['site', 'neighbourhood', 'settlement', 'district', 'province', 'country'];

/** UCDP's precision of a place that is known at a level. */
export const PRECISION: Record<string, number> = {
  site: 1,
  neighbourhood: 1,
  settlement: 1,
  district: 3,
  province: 4,
  country: 6,
};
