/** What analysts add to a report by hand. */

import { answered, http } from './send.ts';
import type { EventType, Quoted, ReportView, Source } from './types.ts';

/** A statement that was missed. */
export interface NewStatement {
  content: Quoted;
  cue: Quoted | null;
  sources: Pick<Source, 'span' | 'quote' | 'kind'>[];
  act: string;
  negated: boolean;
  certainty: string;
  why: string;
}

/** An event that was missed; place, date and tolls are corrected in it afterwards. */
export interface NewEvent {
  anchor: Quoted;
  type: string;
  status: string;
  side_a: Quoted[];
  side_b: Quoted[];
  why: string;
}

const words = ({ quote, span }: Quoted) => ({ quote, start: span[0] });
const seen = (id: string, etag: string) => ({
  path: { id },
  header: { 'If-Match': `"${etag}"` },
});

/** Refused with 412 where somebody else was first. */
export async function addStatement(
  id: string,
  own: NewStatement,
  etag: string,
): Promise<ReportView> {
  const { act, negated, certainty } = own;
  const sources = own.sources.map((source) => ({ ...words(source), kind: source.kind }));
  const body = {
    act,
    negated,
    certainty,
    sources,
    content: words(own.content),
    cue: own.cue && words(own.cue),
    why: own.why || null,
  };
  const params = seen(id, etag);
  return (await answered(
    http.POST('/api/v1/reports/{id}/statements', { params, body }),
  )) as ReportView;
}

/** Refused with 412 where somebody else was first. */
export async function addEvent(id: string, own: NewEvent, etag: string): Promise<ReportView> {
  const body = {
    type: own.type,
    status: own.status,
    anchor: words(own.anchor),
    side_a: own.side_a.map(words),
    side_b: own.side_b.map(words),
    why: own.why || null,
  };
  const params = seen(id, etag);
  return (await answered(http.POST('/api/v1/reports/{id}/events', { params, body }))) as ReportView;
}

/** The types that an event can have: those of ACLED, and those that it does not code. */
export const eventTypes = async (): Promise<EventType[]> =>
  (await answered(http.GET('/api/v1/event-types'))).items as EventType[];
