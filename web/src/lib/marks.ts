/** Everything in a sheet that stands on words, as marks on the text. */

import type { Event, RuleText, Sheet, Span, Statement } from '../api/types.ts';
import type { Mark } from './pieces.ts';

export const KINDS = [
  ['statement', 'Statement'],
  ['denial', 'Denial'],
  ['speaker', 'Speaker'],
  ['cue', 'Cue'],
  ['event', 'Event'],
  ['toll', 'Toll'],
  ['place', 'Place'],
  ['time', 'Time'],
] as const;

export type Kind = (typeof KINDS)[number][0];

const denies = (statement: Statement) =>
  statement.act === 'deny' || statement.polarity === 'negated';

/** Ids of places and times are their spans: they have no others. */
export const spanId = (kind: 'place' | 'time', span: Span) => `${kind}:${span.join('-')}`;

export function marksOf(sheet: Sheet, shown: Set<Kind>): Mark[] {
  const marks: Mark[] = [];
  const put = (kind: Kind, id: string, span: Span | null | undefined) => {
    if (span && shown.has(kind)) marks.push({ kind, id, span });
  };
  for (const statement of sheet.statements) {
    const kind = denies(statement) ? 'denial' : 'statement';
    for (const content of statement.content) put(kind, statement.id, content.span);
    for (const source of statement.sources) put('speaker', statement.id, source.span);
    put('cue', statement.id, statement.cue?.span);
  }
  for (const event of sheet.events) {
    put('event', event.id, event.anchor.span);
    for (const toll of event.tolls) put('toll', event.id, toll.span);
  }
  for (const place of sheet.places) put('place', spanId('place', place.span), place.span);
  for (const time of sheet.times) put('time', spanId('time', time.span), time.span);
  return marks;
}

export type Finding = Statement | Event;

export const isEvent = (finding: Finding): finding is Event => finding.id.startsWith('e:');

export function findingOf(sheet: Sheet, id: string | null): Finding | null {
  return (
    sheet.statements.find((statement) => statement.id === id) ??
    sheet.events.find((event) => event.id === id) ??
    null
  );
}

/** Which of several marks is meant by a click: what is smallest says most. */
export function foremost(marks: Mark[]): Mark | null {
  const order: string[] = [
    'toll',
    'event',
    'cue',
    'speaker',
    'place',
    'time',
    'denial',
    'statement',
  ];
  return [...marks].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0] ?? null;
}

/** Which field of its finding a mark shows, for the rule behind it. */
const FIELD: Record<string, string> = {
  statement: 'content',
  denial: 'content',
  speaker: 'sources',
  cue: 'cue',
  event: 'type',
  toll: 'tolls',
};

/** The rule behind a mark. */
export function ruleOf(sheet: Sheet, mark: Mark): string | null {
  if (mark.kind === 'place') {
    return sheet.places.find((place) => spanId('place', place.span) === mark.id)?.rule ?? null;
  }
  if (mark.kind === 'time') {
    return sheet.times.find((time) => spanId('time', time.span) === mark.id)?.rule ?? null;
  }
  const field = FIELD[mark.kind];
  return (field && findingOf(sheet, mark.id)?.why[field]?.rule) || null;
}

/**
 * What the program says of a rule. `why` may name a way there and a word: `attached/near-other-places`
 * and `cue-verb:say`; the most exact name that is known explains it.
 */
export function ruleText(all: Map<string, RuleText>, rule: string): RuleText | undefined {
  const steps = rule.split('/').reverse();
  const names = [rule, ...steps, ...steps.map((step) => step.split(':')[0] ?? step)];
  return names.map((name) => all.get(name)).find((found) => found !== undefined);
}
