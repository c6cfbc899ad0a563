/** A list that comes page by page: the first at once, so that something is seen; then the rest. */

import type { Page } from '../api/types.ts';

export type Fetch<T> = (
  cursor: string | null,
  limit: number,
  signal: AbortSignal,
) => Promise<Page<T>>;

/** More lines than these help nobody; the reader is told, and filters. */
export const MOST_LINES = 20_000;
const FIRST = 60;
const REST = 1000;

export class Pages<T> {
  items = $state.raw<T[]>([]);
  total = $state(0);
  /** Whether the first page has come. */
  ready = $state(false);
  done = $state(false);
  failed = $state<string | null>(null);
  #running: AbortController | null = null;

  /** Starts anew; what is shown stays until the first page has come. */
  async load(fetch: Fetch<T>): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.failed = null;
    this.done = false;
    let cursor: string | null = null;
    let all: T[] = [];
    try {
      do {
        const page: Page<T> = await fetch(cursor, cursor === null ? FIRST : REST, running.signal);
        if (running.signal.aborted) return;
        all = all.concat(page.items);
        this.items = all;
        this.total = page.total;
        this.ready = true;
        cursor = page.next;
      } while (cursor !== null && all.length < MOST_LINES);
      this.done = true;
    } catch (error) {
      if (running.signal.aborted) return;
      this.failed = error instanceof Error ? error.message : String(error);
      // What was read for another question is no answer to this one.
      if (all.length === 0) {
        this.items = [];
        this.total = 0;
      }
      this.ready = true;
    }
  }

  stop(): void {
    this.#running?.abort();
  }
}
