/** Ready-made sheets: reports of as many incidents, each told once, which nothing has to code. */

import { TYPES } from '../src/lib/filter.ts';

const LEVELS = ['settlement', 'settlement', 'district', 'province'];
const PRECISION = [1, 1, 3, 4];
const SYLLABLES = [
  'ba',
  'den',
  'fa',
  'gor',
  'hin',
  'ka',
  'len',
  'mir',
  'nor',
  'qa',
  'rum',
  'shi',
  'tur',
  'ul',
  'va',
  'zar',
];

/** A name that no other number has. */
export function nameOf(n: number): string {
  const letters = [n % 16, (n >> 4) % 16, (n >> 8) % 16, (n >> 12) % 16];
  const name = letters.map((at) => SYLLABLES[at] ?? '').join('');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A sheet of its own for each number below `count`, one a line. Spread over the world and a year. */
export function sheets(count: number): string {
  return Array.from({ length: count }, (_, n) => JSON.stringify(sheet(n, count))).join('\n');
}

function sheet(n: number, count: number): unknown {
  const spread = (n * 7919) % count;
  const day = new Date(Date.UTC(2025, 0, 1) + (spread % 365) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const killed = 1 + (n % 20);
  const name = nameOf(n);
  let text = '';
  const put = (words: string) => {
    const start = text.length;
    text += words;
    return { span: [start, text.length], quote: words };
  };
  const said = put(`${nameOf(n + 20_000)} Radio`);
  put(' ');
  const cue = put('said');
  put(' that ');
  const start = text.length;
  const anchor = put('an attack');
  put(' near ');
  const named = put(name);
  put(' had killed ');
  const toll = put(`${String(killed)} people`);
  const content = { span: [start, text.length], quote: text.slice(start) };
  put('.');
  const place = {
    ...named,
    name,
    country: 'SDN',
    admin1: null,
    admin2: null,
    lat: -35 + (spread % 95),
    lon: -110 + ((n * 131) % 250),
    geonames: 50_000_000 + n,
    level: LEVELS[n % 4],
  };
  const id = n.toString(16).padStart(12, '0');
  return {
    schema: 'sayso.sheet/1',
    made_by: { sayso: 'made', model: 'made', lexicon: 'made', gazetteer: 'made', registry: 'made' },
    report: {
      id: `made-${id}`,
      title: `What happened near ${name}`,
      text,
      outlet: `${nameOf(n + 40_000)} Post`,
      url: null,
      published: day,
      language: 'en',
    },
    statements: [
      {
        id: `s:${id}`,
        act: 'report',
        polarity: 'affirmed',
        certainty: 'certain',
        plover: null,
        cameo: null,
        sources: [{ ...said, kind: 'media', actor: null }],
        cue,
        content: [content],
        to: null,
        medium: null,
        within: null,
        events: [`e:${id}`],
        confidence: 0.9,
        why: {},
      },
    ],
    events: [
      {
        id: `e:${id}`,
        anchor,
        acled: TYPES[n % TYPES.length],
        plover: 'ASSAULT',
        plover_mode: null,
        cameo: '190',
        side_a: [],
        side_b: [],
        weapons: [],
        place: { ...place, where_prec: PRECISION[n % 4] },
        time: { span: null, quote: null, start: day, end: day, date_prec: 1 },
        tolls: [
          {
            ...toll,
            effect: 'killed',
            who: 'people',
            low: killed,
            high: killed,
            bound: 'exact',
            by: `s:${id}`,
          },
        ],
        toll_status: 'counted',
        status: 'asserted',
        aggregate: false,
        statements: [`s:${id}`],
        confidence: 0.9,
        why: {},
      },
    ],
    actors: [],
    places: [place],
    times: [],
    notes: [],
  };
}
