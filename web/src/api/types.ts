/**
 * The JSON of the desk as the page reads it: the types of the OpenAPI document, with what the
 * program's schema says of some fields more exactly. A field that the document does not have cannot
 * be named here.
 */

import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

/** `[start, end)` in Unicode code points of the report's text. */
export type Span = [number, number];

/** The program prints every field, those without a value as `null`; a span has two ends. */
type Printed<T> = T extends unknown[]
  ? T extends (infer Item)[]
    ? Printed<Item>[]
    : never
  : T extends object
    ? {
        [Key in keyof T]-?: Key extends 'span'
          ? null extends T[Key]
            ? Span | null
            : Span
          : Key extends 'spans' | 'mentions'
            ? Span[]
            : Printed<Exclude<T[Key], undefined>>;
      }
    : T;

/** A type of the document; `Exact` says more of some of its fields. */
type As<
  Name extends keyof Schemas,
  Exact extends Partial<Record<keyof Schemas[Name], unknown>> = object,
> = Omit<Printed<Schemas[Name]>, keyof Exact> & Exact;

export type Quoted = As<'Quoted'>;
export type Reason = As<'ReasonJson'>;
export type Why = Record<string, Reason>;
export type Source = As<'SourceJson'>;
export type Side = As<'SideJson'>;
export type Statement = As<'StatementJson', { why: Why }>;
export type EventPlace = As<'PlaceJson'>;
export type EventTime = As<'EventTimeJson'>;
export type Toll = As<'TollJson'>;
export type Event = As<'EventJson', { why: Why }>;
export type PlaceMention = As<'PlaceMentionJson'>;
export type Sheet = As<'SheetJson', { statements: Statement[]; events: Event[] }>;

export type FindingStatus = 'corroborated' | 'single-source' | 'disputed' | 'denied' | 'unknown';
export type Stance = 'asserts' | 'denies' | 'does-not-know';

/** Either a statement, where somebody says it, or an event, where the writer does. */
export type Evidence = As<'EvidenceJson', { statement?: string | null; event?: string | null }>;
export type Answer = As<'AnswerJson', { stance: Stance; evidence: Evidence[] }>;
export type Finding = As<'FindingJson', { status: FindingStatus; answers: Answer[] }>;
export type Passage = As<'PassageJson'>;
/** What is left out is false, or none. */
export type Origin = As<'OriginJson', { unreliable?: boolean; passages?: Passage[] }>;
export type Decision = As<'IncidentDecisionJson'>;
interface ExactIncident {
  findings: Finding[];
  origins: Origin[];
  decisions?: Decision[];
}
export type Incident = As<'IncidentJson', ExactIncident>;
/** With what a decision on it says that it has seen. */
export type IncidentView = As<'IncidentView', ExactIncident>;

export type IncidentPlace = As<'BriefPlaceJson'>;
export type Range = As<'RangeJson'>;
/** An incident as a line of the list; `status` says whether it happened. */
export type Brief = As<'BriefJson', { status: FindingStatus | null; place: IncidentPlace | null }>;
export type Moment = As<'MomentJson'>;

export type Review = As<'ReviewJson'>;
export type Addition = As<'AdditionJson'>;
export type EventType = As<'EventTypeJson'>;
export type ReportBrief = As<'ReportBrief'>;
/** A report as it stands; `sheet` is `null` while it waits to be coded. */
export type ReportView = As<'ReportView', { sheet: Sheet | null }>;
export type Hit = As<'HitJson', { statements: Statement[] }>;

export type Kept = As<'KeptJson', { outcome: 'new' | 'known' | 'corrected' | 'superseded' }>;
export type Previewed = As<'PreviewJson'>;
export type Refusal = As<'RefusedJson'>;
export type Added = As<'AddedJson', { kept: Kept[] }>;
export type Import = As<'ImportJson'>;

export type QueueItem = As<'QueueItem'>;
export type Role = Schemas['Role'];
export type Session = As<'SessionJson', { mode: 'desk' | 'team'; reading: Reading | null }>;
export type Reading = As<'Reading'>;
export type Backlog = As<'Backlog', { reading: Reading | null }>;
export type User = As<'User'>;
export type Deed = As<'Deed'>;

/** What an export leaves out: so many of a kind, by a rule that says why. */
export interface LeftOut {
  what: string;
  rule: string;
  says: string;
  count: number;
}

/** A view that anybody can read, by its address on this server. */
export interface Published {
  name: string;
  address: string;
  at: string;
  by: string;
  format: string;
}

/** A part of a list. */
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

/** What a rule of the program says, and the codebook that it follows. */
export interface RuleText {
  name: string;
  says: string;
  basis: string | null;
}
