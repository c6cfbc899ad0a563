/**
 * Where the reader is. Routes and filters stand in the hash, which browsers do not send: what an
 * analyst looks for reaches no log of a server or proxy by way of an address.
 */

export interface Route {
  page: string;
  id: string | null;
  query: URLSearchParams;
}

/** Reads `#/incidents/i:12?at=…`. */
export function read(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [page = '', ...rest] = path.split('/');
  const id = rest.join('/');
  return {
    page: page || 'incidents',
    id: id ? decode(id) : null,
    query: new URLSearchParams(query),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export type Query = Record<string, string | number | null | undefined>;

/** The address of a page; what is empty is left out. */
export function link(page: string, id?: string | null, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const asked = search.toString();
  return `#/${page}${id ? `/${encodeURIComponent(id)}` : ''}${asked ? `?${asked}` : ''}`;
}

class Current {
  route = $state.raw<Route>(read(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.route = read(location.hash);
    });
  }

  /** Changes the query of this page; a filter that is typed makes no step of the history. */
  set(query: Query, step = false): void {
    const all: Query = { ...Object.fromEntries(this.route.query), ...query };
    const to = link(this.route.page, this.route.id, all);
    if (step) location.hash = to;
    else history.replaceState(history.state, '', to);
    this.route = read(to);
  }
}

export const current = new Current();

export function go(to: string): void {
  location.hash = to;
}
