/** A report under review: what is decided goes to the server at once, and can be taken back. */

import * as api from '../api/client.ts';
import { Refused } from '../api/send.ts';
import type { Addition, ReportView, Review } from '../api/types.ts';
import { forget } from './kept.ts';
import { toasts } from './toast.svelte.ts';
import { field as sayField } from './words.ts';

/** A decision that was made here: by its number it is taken back, on the report that it is of. */
export interface Decision {
  report: string;
  number: number;
  given: api.NewReview;
}

/** Somebody else was first: what they decided, and what was about to be decided. */
export interface Conflict {
  mine: api.NewReview;
  theirs: Review[];
  /** What they added by hand. */
  added: Addition[];
  /** The report as it is by now. */
  now: ReportView;
}

/** What a page does when something was decided, or a decision taken back. */
export interface Told {
  decided?: (decision: Decision) => void;
  undone?: (decision: Decision) => void;
}

/** So many states are remembered. */
const MOST = 40;

const DONE = { accept: 'Accepted', correct: 'Corrected', reject: 'Rejected' };

export class Reviewing {
  view = $state.raw<ReportView | null>(null);
  failed = $state<string | null>(null);
  /** What somebody else was first with, oldest first: none is lost for another. */
  #conflicts = $state.raw<Conflict[]>([]);
  /** Decisions on their way. */
  #waiting = $state(0);
  /** They go to the server one after the other: each is of what the one before has left. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #told: Told;
  #id = '';
  /** What was decided here and is not taken back, oldest first. */
  #own: Decision[] = [];
  /** What became of a state of a report by a decision of the reader's own. */
  #after = new Map<string, ReportView>();

  constructor(told: Told = {}) {
    this.#told = told;
  }

  get conflict(): Conflict | null {
    return this.#conflicts[0] ?? null;
  }

  /** Whether a decision is on its way. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** The reader has seen who was first. */
  settled(): void {
    this.#conflicts = this.#conflicts.slice(1);
  }

  async open(id: string, signal?: AbortSignal): Promise<void> {
    this.#id = id;
    try {
      const view = await api.report(id, {}, signal);
      if (this.#id !== id) return;
      this.view = view;
      this.failed = null;
    } catch (error) {
      if (signal?.aborted || this.#id !== id) return;
      this.failed = error instanceof Error ? error.message : String(error);
    }
  }

  /**
   * Whether it was decided, of the report as the reader saw it. Where somebody else was first,
   * nothing is lost and nothing is written.
   */
  async decide(given: api.NewReview, seen: ReportView | null = this.view): Promise<boolean> {
    if (!seen) return false;
    this.#waiting++;
    const sent = this.#turn.then(() => this.#send(given, seen));
    this.#turn = sent;
    return sent.finally(() => this.#waiting--);
  }

  async #send(given: api.NewReview, seen: ReportView): Promise<boolean> {
    const report = seen.report.id;
    const latest = this.#latest(seen);
    try {
      const view = await api.review(report, given, latest.etag);
      this.#take(view, latest);
      const known = new Set(latest.reviews.map((review) => review.number));
      // Nobody came in between, so that the first new one is the reader's own.
      const made = view.reviews.find((review) => !known.has(review.number));
      const decision = made && { report, number: made.number, given };
      if (decision) {
        this.#own.push(decision);
        this.#told.decided?.(decision);
      }
      const what = given.field ? sayField(given.field).toLowerCase() : 'the finding';
      toasts.say(
        `${DONE[given.ruling]} ${what}.`,
        decision ? () => void this.undo(decision.number, report) : null,
      );
      return true;
    } catch (error) {
      if (error instanceof Refused && error.status === 412) await this.#stale(given, latest);
      else toasts.fail(error);
      return false;
    }
  }

  /** Takes a decision back, by its number, on the report that it is of. */
  async undo(number: number, report = this.#id): Promise<void> {
    try {
      const shown = this.view?.report.id === report ? this.view : null;
      const seen = shown ?? (await api.report(report));
      this.#take(await api.undoReview(report, number, seen.etag), seen);
      const own = this.#own.find((one) => one.report === report && one.number === number);
      this.#own = this.#own.filter((one) => one !== own);
      if (own) this.#told.undone?.(own);
      toasts.say('Taken back.');
    } catch (error) {
      if (error instanceof Refused && error.status === 412) {
        forget(report);
        if (this.#id === report) await this.open(report);
        toasts.say('The report has changed meanwhile. Look again, then undo.', null, true);
      } else toasts.fail(error);
    }
  }

  /** Takes back what the reader decided last, here and in this sitting; never what others did. */
  async undoLast(): Promise<void> {
    const last = this.#own.at(-1);
    if (last) await this.undo(last.number, last.report);
    else toasts.say('You have decided nothing here that could be taken back.');
  }

  /** What the reader saw, with what they decided since. */
  #latest(seen: ReportView): ReportView {
    let latest = seen;
    for (;;) {
      const next = this.#after.get(`${latest.report.id} ${latest.etag}`);
      if (!next || next === latest) return latest;
      latest = next;
    }
  }

  #take(view: ReportView, before?: ReportView): void {
    forget(view.report.id);
    if (before) this.#after.set(`${before.report.id} ${before.etag}`, view);
    const oldest = this.#after.keys().next().value;
    if (this.#after.size > MOST && oldest !== undefined) this.#after.delete(oldest);
    if (this.#id === view.report.id) this.view = view;
  }

  async #stale(mine: api.NewReview, seen: ReportView): Promise<void> {
    try {
      const now = await api.report(seen.report.id);
      this.#take(now);
      const known = new Set(seen.reviews.map((review) => review.number));
      const theirs = now.reviews.filter((review) => !known.has(review.number));
      const before = new Set(seen.additions.map((own) => own.number));
      const added = now.additions.filter((own) => !before.has(own.number));
      this.#conflicts = [...this.#conflicts, { mine, theirs, added, now }];
    } catch (error) {
      toasts.fail(error);
    }
  }
}
