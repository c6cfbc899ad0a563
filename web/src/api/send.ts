/** How requests are sent, and what a refusal is. */

import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './schema.d.ts';

/** RFC 9457. */
export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  field?: string;
  value?: string;
  allowed?: string;
}

/** What is wrong, and of a value of a filter what could be asked for. */
const said = ({ detail, title, value, allowed }: Problem): string | undefined =>
  detail && value !== undefined && allowed ? `${detail}. Allowed: ${allowed}.` : (detail ?? title);

/** The server refused, or could not be reached (`status` 0). */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(said(problem) ?? `The server answered ${String(status)}.`);
    this.status = status;
    this.problem = problem;
  }
}

/** Proof that a request comes from this page; the session gives it. */
let csrf = '';

export function trust(token: string | null): void {
  csrf = token ?? '';
}

/** Called when the session has ended. */
let signedOut: () => void = () => undefined;

export function whenSignedOut(act: () => void): void {
  signedOut = act;
}

/** Throws what the server states as a problem; lets everything else through. */
async function refuse(answer: Response): Promise<void> {
  if (answer.ok) return;
  if (answer.status === 401 && !answer.url.endsWith('/session')) signedOut();
  const problem = (await answer.json().catch(() => ({}))) as Problem;
  throw new Refused(answer.status, problem);
}

const checks: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET' && csrf) request.headers.set('x-csrf-token', csrf);
    return request;
  },
  async onResponse({ response }) {
    await refuse(response);
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') return error;
    return new Refused(0, { title: 'The program does not answer. Is it still running?' });
  },
};

/** The interface as its document has it. */
export const http = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin' });
http.use(checks);

/** What was answered. The middleware has thrown where there is nothing. */
export async function answered<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** A request for what is no JSON, or not in the document. */
export async function raw(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const headers = new Headers();
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (method !== 'GET' && csrf) headers.set('x-csrf-token', csrf);
  const answer = await fetch(`/api/v1/${path}`, {
    method,
    headers,
    credentials: 'same-origin',
    signal: signal ?? null,
    body: body === undefined ? null : JSON.stringify(body),
  });
  await refuse(answer);
  return answer;
}

export type Params = Record<string, string | number | null | undefined>;

/** A query without what is empty. */
export function asked(query: Params): Record<string, string> {
  const all = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return Object.fromEntries(all) as Record<string, string>;
}
