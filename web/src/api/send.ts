/** One request: its answer, or the problem that the server states. */

/** RFC 9457. */
export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  field?: string;
}

/** The server refused, or could not be reached (`status` 0). */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem;
  /** The whole answer: a conflict carries the state that was reached first. */
  readonly body: unknown;

  constructor(status: number, problem: Problem, body: unknown = problem) {
    super(problem.detail ?? problem.title ?? `The server answered ${String(status)}.`);
    this.status = status;
    this.problem = problem;
    this.body = body;
  }
}

export type Params = Record<string, string | number | boolean | null | undefined>;

export interface Asked {
  query?: Params;
  /** Sent as JSON, or as it is where it is a form. */
  body?: unknown;
  /** What the reader had seen (`If-Match`). */
  seen?: string;
  signal?: AbortSignal | undefined;
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

export async function send(method: string, path: string, asked: Asked = {}): Promise<Response> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(asked.query ?? {})) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const headers = new Headers({ accept: 'application/json' });
  const form = asked.body instanceof FormData;
  if (asked.body !== undefined && !form) headers.set('content-type', 'application/json');
  if (method !== 'GET' && csrf) headers.set('x-csrf-token', csrf);
  if (asked.seen) headers.set('if-match', asked.seen);
  const query = search.size > 0 ? `?${search.toString()}` : '';
  let answer: Response;
  try {
    answer = await fetch(`/api/v1/${path}${query}`, {
      method,
      headers,
      credentials: 'same-origin',
      signal: asked.signal ?? null,
      body: form
        ? (asked.body as FormData)
        : asked.body === undefined
          ? null
          : JSON.stringify(asked.body),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refused(0, { title: 'The program does not answer. Is it still running?' });
  }
  if (answer.ok) return answer;
  if (answer.status === 401 && path !== 'session') signedOut();
  const body: unknown = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, body as Problem, body);
}

export async function json<T>(method: string, path: string, asked: Asked = {}): Promise<T> {
  const answer = await send(method, path, asked);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Part of a path: ids hold colons and whatever outlets put into them. */
export const part = (id: string): string => encodeURIComponent(id);
