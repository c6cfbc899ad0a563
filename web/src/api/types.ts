/** The JSON of the desk, named as in the schema of sheets and incidents. */

/** `[start, end)` in Unicode code points of the report's text. */
export type Span = [number, number];

export interface Quoted {
  span: Span;
  quote: string;
}

export interface Reason {
  rule: string;
  span: Span | null;
}

export type Why = Record<string, Reason>;

export interface Source extends Quoted {
  kind: string;
  actor: string | null;
}

export interface Side extends Quoted {
  actor: string | null;
}

export interface Statement {
  id: string;
  act: string;
  polarity: string;
  certainty: string;
  plover: string | null;
  cameo: string | null;
  sources: Source[];
  cue: Quoted | null;
  content: Quoted[];
  to: Quoted | null;
  medium: Quoted | null;
  within: string | null;
  events: string[];
  confidence: number;
  why: Why;
}

export interface EventPlace extends Quoted {
  name: string;
  country: string | null;
  admin1: string | null;
  admin2: string | null;
  lat: number | null;
  lon: number | null;
  geonames: number | null;
  pcode?: string | null;
  level: string;
  where_prec: number;
}

export interface EventTime {
  span: Span | null;
  quote: string | null;
  start: string | null;
  end: string | null;
  date_prec: number;
}

export interface Toll extends Quoted {
  effect: string;
  who: string;
  low: number;
  high: number | null;
  bound: string;
  by: string | null;
}

export interface Event {
  id: string;
  anchor: Quoted;
  acled: string | null;
  plover: string;
  plover_mode: string | null;
  cameo: string;
  side_a: Side[];
  side_b: Side[];
  weapons: Quoted[];
  place: EventPlace | null;
  time: EventTime | null;
  tolls: Toll[];
  toll_status: string;
  status: string;
  aggregate: boolean;
  statements: string[];
  confidence: number;
  why: Why;
}

export interface Actor {
  id: string;
  name: string;
  kind: string;
  country: string | null;
  role: string | null;
  protect: string | null;
  mentions: Span[];
}

export interface PlaceMention extends Quoted {
  name: string;
  country: string | null;
  admin1: string | null;
  lat: number | null;
  lon: number | null;
  level: string;
  where_prec: number | null;
  rule: string;
}

export interface TimeMention extends Quoted {
  type: string;
  value: string;
  start: string | null;
  end: string | null;
  rule: string;
}

export interface Note {
  code: string;
  span: Span | null;
  message: string;
}

export interface ReportText {
  id: string;
  title: string | null;
  text: string;
  outlet: string | null;
  url: string | null;
  published: string | null;
  language: string;
}

export interface Sheet {
  schema: string;
  made_by: { sayso: string; model: string; lexicon: string; gazetteer: string };
  report: ReportText;
  statements: Statement[];
  events: Event[];
  actors: Actor[];
  places: PlaceMention[];
  times: TimeMention[];
  notes: Note[];
}

export type FindingStatus = 'corroborated' | 'single-source' | 'disputed' | 'denied' | 'unknown';
export type Stance = 'asserts' | 'denies' | 'does-not-know';

export interface Evidence extends Quoted {
  report: string;
  statement?: string | null;
  event?: string | null;
  field: string;
}

export interface Answer {
  value: string | null;
  stance: Stance;
  origin: string;
  published: string | null;
  superseded: boolean;
  evidence: Evidence[];
}

export interface Finding {
  question: string;
  status: FindingStatus;
  answers: Answer[];
  low: number | null;
  conservative: number | null;
  high: number | null;
}

export interface Passage extends Quoted {
  report: string;
  with: string;
  words: number;
}

export interface Origin {
  id: string;
  name: string;
  why: string;
  reports: string[];
  unreliable?: boolean;
  passages?: Passage[];
}

export interface IncidentPlace {
  name: string;
  country: string | null;
  admin1: string | null;
  lat: number | null;
  lon: number | null;
  level: string;
  where_prec: number;
}

export interface IncidentReport {
  id: string;
  outlet: string | null;
  published: string | null;
  origin: string;
  role: string;
  withdrawn?: boolean;
  events: string[];
}

export interface Decision {
  kind: string;
  recorded: string;
  by: string;
  why: string | null;
  incidents: string[];
  reports: string[];
}

export interface Incident {
  id: string;
  title: string;
  acled: string | null;
  place: IncidentPlace | null;
  start: string | null;
  end: string | null;
  reports: IncidentReport[];
  origins: Origin[];
  findings: Finding[];
  why: string[];
  decisions?: Decision[];
}

export interface Range {
  low: number | null;
  conservative: number | null;
  high: number | null;
}

/** An incident as a line of the list. */
export interface Brief {
  id: string;
  title: string;
  acled: string | null;
  place: IncidentPlace | null;
  start: string | null;
  end: string | null;
  reports: number;
  origins: number;
  disputed: number;
  unknown: number;
  killed: Range | null;
  /** Whether it happened. */
  status: FindingStatus | null;
  updated: string | null;
}

/** A moment at which something was recorded about an incident. */
export interface Moment {
  at: string;
  what: string;
  report: string | null;
  by: string | null;
}

export interface Review {
  /** What undoes it. */
  number: number;
  finding: string;
  field: string | null;
  ruling: string;
  was: unknown;
  now: unknown;
  by: string;
  at: string;
  why: string | null;
  standing: string;
  /** Of one that takes another back: that one's number. */
  of: number | null;
}

export interface ReportBrief {
  id: string;
  title: string | null;
  outlet: string | null;
  url: string | null;
  published: string | null;
  language: string | null;
  received: string;
  state: 'waiting' | 'coded';
  reviews: number;
  corrected: boolean;
  withdrawn: boolean;
}

/** A report as it stands. */
export interface ReportView {
  report: ReportBrief;
  text: string;
  /** `null` while the report waits to be coded. */
  sheet: Sheet | null;
  reviews: Review[];
  withdrawn: { by: string; at: string; why: string } | null;
  incidents: string[];
  /** What a review says it has seen. */
  etag: string;
}

/** A report in which words were found. */
export interface Hit {
  report: string;
  title: string | null;
  outlet: string | null;
  published: string | null;
  spans: Span[];
  snippet: string;
  statements: Statement[];
  incidents: string[];
}

export interface Kept {
  id: string;
  title: string | null;
  outcome: 'new' | 'known' | 'corrected' | 'superseded';
  state: 'waiting' | 'coded';
}

/** A report of which nothing is kept yet. */
export interface Previewed {
  file: string;
  id: string;
  title: string | null;
  outlet: string | null;
  published: string | null;
  beginning: string;
  statements: number | null;
  events: number | null;
  types: string[];
  notes: string[];
  known: boolean;
}

export interface Refusal {
  file: string;
  line: number | null;
  field: string | null;
  value: string | null;
  allowed: string | null;
  message: string;
  /** Passed over, which is no error. */
  notice: boolean;
}

export interface Added {
  kept: Kept[];
  refused: Refusal[];
  import: string | null;
  previewed: Previewed[];
}

export interface Import {
  id: string;
  at: string;
  by: string;
  reports: string[];
  new: number;
  known: number;
  refused: number;
  undone: string | null;
}

export interface QueueItem {
  report: string;
  title: string | null;
  finding: string;
  /** Path of the field; `null` for the finding as a whole. */
  field: string | null;
  value: string | null;
  quote: string;
  confidence: number;
  weight: number;
  why: string[];
  priority: number;
  incident: string | null;
}

export interface LeftOut {
  what: string;
  rule: string;
  count: number;
}

export interface Session {
  user: string | null;
  role: 'reader' | 'analyst' | 'editor' | 'admin' | null;
  csrf: string | null;
  mode: 'desk' | 'team';
  demo: boolean;
  version: { sayso: string; model: string; lexicon: string; gazetteer: string } | null;
}

export interface Backlog {
  waiting: number;
  coded: number;
  since: string | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

export interface User {
  name: string;
  role: NonNullable<Session['role']>;
  active: boolean;
}

export interface Deed {
  id: string;
  at: string;
  name: string;
  what: string;
  subject: string;
  outcome: number;
}

export interface RuleText {
  name: string;
  says: string;
  basis: string | null;
}
