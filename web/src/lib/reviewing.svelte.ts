/** A report under review: what is decided goes to the server at once, and can be taken back. */

import * as api from '../api/client.ts';
import { Refused } from '../api/send.ts';
import type { ReportView, Review } from '../api/types.ts';
import { forget } from './kept.ts';
import { toasts } from './toast.svelte.ts';
import { field as sayField } from './words.ts';

/** Somebody else was first: what they decided, and what was about to be decided. */
export interface Conflict {
  mine: api.NewReview;
  theirs: Review[];
}

const DONE = { accept: 'Accepted', correct: 'Corrected', reject: 'Rejected' };

export class Reviewing {
  view = $state.raw<ReportView | null>(null);
  failed = $state<string | null>(null);
  conflict = $state.raw<Conflict | null>(null);
  busy = $state(false);
  #id = '';

  async open(id: string, signal?: AbortSignal): Promise<void> {
    this.#id = id;
    try {
      const view = await api.report(id, signal);
      if (this.#id === id) this.view = view;
      this.failed = null;
    } catch (error) {
      if (signal?.aborted) return;
      this.failed = error instanceof Error ? error.message : String(error);
    }
  }

  /** Whether it was decided; where somebody else was first, nothing is lost and nothing is written. */
  async decide(given: api.NewReview): Promise<boolean> {
    const seen = this.view;
    if (!seen || this.busy) return false;
    this.busy = true;
    try {
      const view = await api.review(this.#id, given, seen.etag);
      this.#take(view);
      const number = view.reviews.at(-1)?.number;
      const what = given.field ? sayField(given.field).toLowerCase() : 'the finding';
      toasts.say(
        `${DONE[given.ruling]} ${what}.`,
        number === undefined ? null : () => void this.undo(number),
      );
      return true;
    } catch (error) {
      if (error instanceof Refused && error.status === 412) await this.#stale(given, seen);
      else toasts.fail(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async undo(number: number): Promise<void> {
    if (!this.view) return;
    try {
      this.#take(await api.undoReview(this.#id, number, this.view.etag));
      toasts.say('Taken back.');
    } catch (error) {
      if (error instanceof Refused && error.status === 412) {
        await this.open(this.#id);
        toasts.say('The report has changed meanwhile. Look again, then undo.', null, true);
      } else toasts.fail(error);
    }
  }

  #take(view: ReportView): void {
    this.view = view;
    forget(this.#id);
  }

  async #stale(mine: api.NewReview, seen: ReportView): Promise<void> {
    forget(this.#id);
    await this.open(this.#id);
    const known = new Set(seen.reviews.map((review) => review.number));
    const theirs = (this.view?.reviews ?? []).filter((review) => !known.has(review.number));
    this.conflict = { mine, theirs };
  }
}
