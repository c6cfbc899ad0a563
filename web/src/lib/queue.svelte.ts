/** The review queue: what is asked, what comes after it, and what has been decided here. */

import * as api from '../api/client.ts';
import { Refused } from '../api/send.ts';
import type { Page, QueueItem } from '../api/types.ts';
import { again, longer, moved, without, type Line } from './line.ts';

/** So many are fetched at once, and more when so few are left before the reader. */
const PART = 100;
const FEW = 10;

export const keyOf = (item: { report: string; finding: string }): string =>
  `${item.finding} ${item.report}`;

export class Queue {
  /** Whether the first part has come. */
  ready = $state(false);
  failed = $state<string | null>(null);
  /** How many were decided here. */
  decided = $state(0);
  #line = $state.raw<Line<QueueItem>>({ items: [], at: 0 });
  #total = $state(0);
  /** How many of the total have been decided since it was told. */
  #since = $state(0);
  #next: string | null = null;
  #ended = false;
  #running: Promise<void> | null = null;
  /** Every question that was in the line: none comes twice by itself. */
  #seen = new Set<string>();
  /** Where those stood that are decided. */
  #gone = new Map<string, { item: QueueItem; index: number }>();

  get items(): readonly QueueItem[] {
    return this.#line.items;
  }

  get at(): number {
    return this.#line.at;
  }

  get item(): QueueItem | null {
    return this.#line.items[this.#line.at] ?? null;
  }

  /** How many wait, those included that have not come yet. */
  get left(): number {
    return Math.max(this.#total - this.#since, this.#line.items.length - this.#corrected);
  }

  /** Of those in the line, how many are decided and only still shown. */
  get #corrected(): number {
    return this.#line.items.filter((item) => this.#gone.has(keyOf(item))).length;
  }

  /** Fetches what comes next, once at a time. */
  more(): Promise<void> {
    this.#running ??= this.#fetch().finally(() => (this.#running = null));
    return this.#running;
  }

  async #fetch(): Promise<void> {
    try {
      let fresh: QueueItem[] = [];
      do {
        const page: Page<QueueItem> = await this.#part();
        fresh = page.items.filter((item) => !this.#seen.has(keyOf(item)));
        this.#total = page.total;
        this.#since = 0;
        this.#next = page.next;
      } while (fresh.length === 0 && this.#next !== null);
      this.#ended = this.#next === null;
      for (const item of fresh) this.#seen.add(keyOf(item));
      this.#line = longer(this.#line, fresh);
      this.failed = null;
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error);
    }
    this.ready = true;
  }

  /** The part at the cursor; the first one where the place is gone, since its question was decided. */
  async #part(): Promise<Page<QueueItem>> {
    try {
      return await api.queue(this.#next, PART);
    } catch (error) {
      if (this.#next === null || !(error instanceof Refused) || error.status !== 422) throw error;
      return api.queue(null, PART);
    }
  }

  move(by: number): void {
    const left = this.item;
    this.#line = moved(this.#line, by);
    // What was corrected stays for more corrections until the reader goes on.
    if (left && left !== this.item && this.#gone.has(keyOf(left))) {
      this.#line = without(this.#line, left);
    }
    this.#fill();
  }

  go(to: number): void {
    this.move(to - this.at);
  }

  /** A finding was decided; `stays` while its other fields are looked at. */
  settle(of: { report: string; finding: string }, stays: boolean): void {
    const index = this.items.findIndex((item) => keyOf(item) === keyOf(of));
    const item = this.items[index];
    if (!item) return;
    if (!this.#gone.has(keyOf(item))) {
      this.decided++;
      this.#since++;
    }
    this.#gone.set(keyOf(item), { item, index });
    if (!stays) this.#line = without(this.#line, item);
    this.#fill();
  }

  /** A decision was taken back: the question is asked again. */
  restore(of: { report: string; finding: string }): void {
    const gone = this.#gone.get(keyOf(of));
    if (!gone) return;
    this.#gone.delete(keyOf(of));
    this.decided--;
    this.#since--;
    const rest = without(this.#line, gone.item);
    this.#line = again(rest, gone.item, gone.index);
  }

  #fill(): void {
    if (this.items.length === 0) {
      // Whatever is new since stands at the front.
      this.#next = null;
      void this.more();
    } else if (!this.#ended && this.items.length - this.at <= FEW) void this.more();
  }
}
