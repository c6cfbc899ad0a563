/** The HTTP interface of the desk: one function a route. Pages never fetch themselves. */

import { answered, asked, http, raw, trust, type Params } from './send.ts';
import type {
  Added,
  Backlog,
  Brief,
  Deed,
  Hit,
  Import,
  IncidentView,
  LeftOut,
  Moment,
  Page,
  Published,
  QueueItem,
  ReportBrief,
  ReportView,
  Role,
  RuleText,
  Session,
  User,
} from './types.ts';

type Signal = AbortSignal | undefined;

/** Which moment a view is of: by what was recorded, or by what had been published. */
export interface AsOf {
  as_of?: string;
  published_by?: string;
}

/** A tag as `If-Match` has it. */
const seenAs = (etag: string) => ({ 'If-Match': `"${etag}"` });

/** `exactOptionalPropertyTypes` tells an absent signal from an undefined one. */
const until = (signal: Signal) => (signal ? { signal } : {});

export async function session(): Promise<Session> {
  const found = (await answered(http.GET('/api/v1/session'))) as Session;
  trust(found.csrf);
  return found;
}

export async function signIn(name: string, password: string): Promise<Session> {
  const body = { name, password };
  const found = (await answered(http.POST('/api/v1/session', { body }))) as Session;
  trust(found.csrf);
  return found;
}

/** Changes one's own password; the session goes on under new secrets. */
export async function changePassword(current: string, password: string): Promise<Session> {
  const body = { current, password };
  const found = (await answered(http.POST('/api/v1/session/password', { body }))) as Session;
  trust(found.csrf);
  return found;
}

export const signOut = () => answered(http.DELETE('/api/v1/session'));

export const incidents = async (query: Params, signal?: AbortSignal) =>
  (await answered(
    http.GET('/api/v1/incidents', { params: { query: asked(query) }, ...until(signal) }),
  )) as Page<Brief>;

export const incident = async (id: string, at: AsOf = {}, signal?: AbortSignal) =>
  (await answered(
    http.GET('/api/v1/incidents/{id}', { params: { path: { id }, query: at }, ...until(signal) }),
  )) as IncidentView;

export const history = async (id: string, signal?: AbortSignal) =>
  (
    await answered(
      http.GET('/api/v1/incidents/{id}/history', { params: { path: { id } }, ...until(signal) }),
    )
  ).items as Moment[];

/** An incident as it was looked at. */
export type Seen = Pick<Brief, 'id' | 'etag'>;

/** Joins others to an incident. Refused with 412 where one of them has changed since it was seen. */
export const merge = (id: string, others: Seen[], why: string, etag: string) =>
  answered(
    http.POST('/api/v1/incidents/{id}/merge', {
      params: { path: { id }, header: seenAs(etag) },
      body: { with: others, why },
    }),
  );

export const split = (id: string, reports: string[], why: string, etag: string) =>
  answered(
    http.POST('/api/v1/incidents/{id}/split', {
      params: { path: { id }, header: seenAs(etag) },
      body: { reports, why },
    }),
  );

/** Marks an origin as unreliable: its figures count for no range. */
export const distrust = (id: string, why: string) =>
  answered(http.POST('/api/v1/origins/{id}/distrust', { params: { path: { id } }, body: { why } }));

/** Takes that mark away. */
export const clear = (id: string, why: string) =>
  answered(http.POST('/api/v1/origins/{id}/trust', { params: { path: { id } }, body: { why } }));

export const reports = async (query: Params, signal?: AbortSignal) =>
  (await answered(
    http.GET('/api/v1/reports', { params: { query: asked(query) }, ...until(signal) }),
  )) as Page<ReportBrief>;

export const search = async (q: string, limit: number, signal?: AbortSignal) =>
  (await answered(
    http.GET('/api/v1/search', { params: { query: { q, limit } }, ...until(signal) }),
  )) as Page<Hit> & { more: boolean };

export const report = async (id: string, at: AsOf = {}, signal?: AbortSignal) =>
  (await answered(
    http.GET('/api/v1/reports/{id}', { params: { path: { id }, query: at }, ...until(signal) }),
  )) as ReportView;

export interface NewReview {
  finding: string;
  field?: string;
  ruling: 'accept' | 'correct' | 'reject';
  value?: unknown;
  why?: string;
}

/** Refused with 412 where somebody else was first. */
export const review = async (id: string, body: NewReview, etag: string) =>
  (await answered(
    http.POST('/api/v1/reports/{id}/reviews', {
      params: { path: { id }, header: seenAs(etag) },
      body,
    }),
  )) as ReportView;

export const undoReview = async (id: string, number: number, etag: string) =>
  (await answered(
    http.POST('/api/v1/reports/{id}/reviews/{number}/undo', {
      params: { path: { id, number }, header: seenAs(etag) },
      body: {},
    }),
  )) as ReportView;

/** Reports to add: files as they are, or one that was pasted. */
export type Adding = { files: File[] } | { pasted: { text: string } & Record<string, string> };

export interface Taking {
  /** Reads and codes them, and keeps nothing. */
  preview: boolean;
  /** Takes what is known with another content for its outlet's correction. */
  corrections: boolean;
}

/** Keeps reports, which are coded in the background, or shows what would be kept. */
export async function add(given: Adding, { preview, corrections }: Taking): Promise<Added> {
  const query = { ...(preview && { preview }), ...(corrections && { corrections }) };
  const params = { query };
  if ('pasted' in given) {
    const body = { reports: [given.pasted] };
    return (await answered(http.POST('/api/v1/reports', { params, body }))) as Added;
  }
  const form = new FormData();
  for (const file of given.files) form.append('file', file, file.name);
  const sent = http.POST('/api/v1/reports', {
    params,
    // The document has the names of the parts; files themselves are no JSON.
    body: { file: [] },
    bodySerializer: () => form,
  });
  return (await answered(sent)) as Added;
}

export const imports = async (cursor: string | null, limit: number) =>
  (await answered(
    http.GET('/api/v1/imports', { params: { query: asked({ cursor, limit }) } }),
  )) as Page<Import>;

export const undoImport = (id: string) =>
  answered(http.POST('/api/v1/imports/{id}/undo', { params: { path: { id } }, body: {} }));

export const queue = async (cursor: string | null, limit: number) =>
  (await answered(
    http.GET('/api/v1/review-queue', { params: { query: asked({ cursor, limit }) } }),
  )) as Page<QueueItem>;

export interface Export extends AsOf {
  incidents?: string[];
  filter?: Params;
  /** Ids that are left out of what the filter wants. */
  except?: string[];
  format: string;
  profile: 'public' | 'full';
}

export const previewExport = async (body: Export, signal?: AbortSignal) =>
  (await (await raw('POST', 'export/preview', body, signal)).json()) as {
    left_out: LeftOut[];
    kept: number;
  };

/** The file and the name that the server gives it. */
export async function exported(body: Export): Promise<{ name: string; file: Blob }> {
  const answer = await raw('POST', 'export', body);
  const given = /filename="?([^";]+)"?/.exec(answer.headers.get('content-disposition') ?? '');
  return { name: given?.[1] ?? `sayso.${body.format}`, file: await answer.blob() };
}

/** Views that anybody can read. */
export const published = async () =>
  ((await (await raw('GET', 'published')).json()) as Page<Published>).items;

/** Publishes a view under a name, in the place of the one that had it. */
export const publish = (name: string, body: Export) => raw('POST', 'published', { name, ...body });

export const unpublish = (name: string) => raw('DELETE', `published/${encodeURIComponent(name)}`);

export const backlog = async () => (await answered(http.GET('/api/v1/backlog'))) as Backlog;

export const users = async () => (await answered(http.GET('/api/v1/users'))) as Page<User>;

export const addUser = (name: string, role: Role, password: string) =>
  answered(http.POST('/api/v1/users', { body: { name, role, password } }));

export const changeUser = (name: string, body: { role?: Role; active?: boolean }) =>
  answered(http.PATCH('/api/v1/users/{name}', { params: { path: { name } }, body }));

export const audit = async (cursor: string | null) =>
  (await answered(
    http.GET('/api/v1/audit', {
      params: { query: cursor === null ? { limit: 100 } : { cursor, limit: 100 } },
    }),
  )) as Page<Deed>;

/** What each rule says; none where the server does not tell. */
export const rules = async (): Promise<RuleText[]> =>
  raw('GET', 'rules')
    .then(async (answer) => ((await answer.json()) as { items: RuleText[] }).items)
    .catch(() => []);
