/** The HTTP interface of the desk: one function a route. Pages never fetch themselves. */

import { json, part, send, trust, type Params } from './send.ts';
import type {
  Added,
  Backlog,
  Brief,
  Deed,
  Hit,
  Import,
  Incident,
  LeftOut,
  Moment,
  Page,
  QueueItem,
  ReportBrief,
  ReportView,
  RuleText,
  Session,
  User,
} from './types.ts';

/** Which moment a view is of: by what was recorded, or by what had been published. */
export interface AsOf {
  as_of?: string | null;
  published_by?: string | null;
}

export async function session(): Promise<Session> {
  const found = await json<Session>('GET', 'session');
  trust(found.csrf);
  return found;
}

export async function signIn(name: string, password: string): Promise<Session> {
  const found = await json<Session>('POST', 'session', { body: { name, password } });
  trust(found.csrf);
  return found;
}

export const signOut = () => json<undefined>('DELETE', 'session');

export const incidents = (query: Params, signal?: AbortSignal) =>
  json<Page<Brief>>('GET', 'incidents', { query, signal });

export const incident = (id: string, at: AsOf = {}, signal?: AbortSignal) =>
  json<Incident>('GET', `incidents/${part(id)}`, { query: { ...at }, signal });

/** The incident with the mark that a merge or split must show. */
export async function incidentSeen(id: string): Promise<[Incident, string]> {
  const answer = await send('GET', `incidents/${part(id)}`);
  return [(await answer.json()) as Incident, answer.headers.get('etag') ?? ''];
}

export const history = async (id: string, signal?: AbortSignal) =>
  (await json<Page<Moment>>('GET', `incidents/${part(id)}/history`, { signal })).items;

export const merge = (id: string, others: string[], why: string, seen: string) =>
  json<unknown>('POST', `incidents/${part(id)}/merge`, { body: { with: others, why }, seen });

export const split = (id: string, reports: string[], why: string, seen: string) =>
  json<unknown>('POST', `incidents/${part(id)}/split`, { body: { reports, why }, seen });

export const distrust = (origin: string, why: string) =>
  json<unknown>('POST', `origins/${part(origin)}/distrust`, { body: { why } });

export const reports = (query: Params, signal?: AbortSignal) =>
  json<Page<ReportBrief>>('GET', 'reports', { query, signal });

export const search = (q: string, limit: number, signal?: AbortSignal) =>
  json<Page<Hit> & { more: boolean }>('GET', 'search', { query: { q, limit }, signal });

export const report = (id: string, signal?: AbortSignal) =>
  json<ReportView>('GET', `reports/${part(id)}`, { signal });

export interface NewReview {
  finding: string;
  field?: string;
  ruling: 'accept' | 'correct' | 'reject';
  value?: unknown;
  why?: string;
}

const quoted = (etag: string) => `"${etag}"`;

/** Refused with 412 where somebody else was first. */
export const review = (id: string, given: NewReview, seen: string) =>
  json<ReportView>('POST', `reports/${part(id)}/reviews`, { body: given, seen: quoted(seen) });

export const undoReview = (id: string, number: number, seen: string) =>
  json<ReportView>('POST', `reports/${part(id)}/reviews/${String(number)}/undo`, {
    body: {},
    seen: quoted(seen),
  });

/** Reports to add: files as they are, or one that was pasted. */
export type Adding = { files: File[] } | { pasted: Record<string, string> };

/** Codes and keeps reports; a preview keeps nothing. */
export function add(given: Adding, preview: boolean): Promise<Added> {
  let body: unknown;
  if ('files' in given) {
    const form = new FormData();
    for (const file of given.files) form.append('file', file, file.name);
    body = form;
  } else {
    body = { reports: [given.pasted] };
  }
  return json<Added>('POST', 'reports', { query: preview ? { preview: true } : {}, body });
}

export const imports = () => json<Page<Import>>('GET', 'imports');

export const undoImport = (id: string) =>
  json<unknown>('POST', `imports/${part(id)}/undo`, { body: {} });

export const queue = (cursor: string | null, signal?: AbortSignal) =>
  json<Page<QueueItem>>('GET', 'review-queue', { query: { cursor, limit: 100 }, signal });

export interface Export {
  incidents?: string[];
  filter?: Params;
  format: string;
  profile: 'public' | 'full';
}

export const previewExport = (asked: Export, signal?: AbortSignal) =>
  json<{ left_out: LeftOut[]; kept: number }>('POST', 'export/preview', { body: asked, signal });

/** The file and the name that the server gives it. */
export async function exported(asked: Export): Promise<{ name: string; file: Blob }> {
  const answer = await send('POST', 'export', { body: asked });
  const given = /filename="?([^";]+)"?/.exec(answer.headers.get('content-disposition') ?? '');
  return { name: given?.[1] ?? `sayso.${asked.format}`, file: await answer.blob() };
}

export const backlog = () => json<Backlog>('GET', 'backlog');

export const users = () => json<Page<User>>('GET', 'users');

export const addUser = (name: string, role: string, password: string) =>
  json<User>('POST', 'users', { body: { name, role, password } });

export const changeUser = (
  name: string,
  change: { role?: string; active?: boolean; password?: string },
) => json<User>('PATCH', `users/${part(name)}`, { body: change });

export const audit = (cursor: string | null) =>
  json<Page<Deed>>('GET', 'audit', { query: { cursor, limit: 100 } });

/** What each rule says; none where the server does not tell. */
export const rules = async (): Promise<RuleText[]> =>
  json<{ items: RuleText[] }>('GET', 'rules')
    .then((found) => found.items)
    .catch(() => []);
