/** A report under review: what is decided goes to the server at once, and can be taken back. */

import * as api from '../api/client.ts';
import { Refused } from '../api/send.ts';
import type { Addition, ReportView, Review } from '../api/types.ts';
import { Deeds } from './deeds.ts';
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
  /** What is on its way, decided or taken back. */
  #waiting = $state(0);
  /** It goes to the server one after the other: each is of what the one before has left. */
  readonly #deeds = new Deeds<Decision>();
  readonly #told: Told;
  #id = '';
  /** What became of a state of a report by a decision of the reader's own. */
  #after = new Map<string, ReportView>();

  constructor(told: Told = {}) {
    this.#told = told;
  }

  get conflict(): Conflict | null {
    return this.#conflicts[0] ?? null;
  }

  /** Whether a decision is on its way, or one is being taken back. */
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
   * Whether it was decided, of the report as the reader saw it, or is about to have it before them.
   * Where somebody else was first, nothing is lost and nothing is written.
   */
  async decide(
    given: api.NewReview,
    seen: ReportView | Promise<ReportView> | null = this.view,
  ): Promise<boolean> {
    if (!seen) return false;
    let isDecided = false;
    await this.#busy(
      this.#deeds.do(async () => {
        try {
          const before = this.#latest(await seen);
          const view = await this.#send(given, before);
          isDecided = view !== null;
          return view && this.#made(given, before, view);
        } catch (error) {
          toasts.fail(error);
          return null;
        }
      }),
    );
    return isDecided;
  }

  /** The report as the decision leaves it; `null` where somebody else was first. */
  async #send(given: api.NewReview, seen: ReportView): Promise<ReportView | null> {
    try {
      const view = await api.review(seen.report.id, given, seen.etag);
      this.#take(view, seen);
      return view;
    } catch (error) {
      if (!(error instanceof Refused && error.status === 412)) throw error;
      await this.#stale(given, seen);
      return null;
    }
  }

  /** Tells of a decision that was made, with the way back. */
  #made(given: api.NewReview, seen: ReportView, view: ReportView): Decision | null {
    const known = new Set(seen.reviews.map((review) => review.number));
    // Nobody came in between, so that the first new one is the reader's own.
    const made = view.reviews.find((review) => !known.has(review.number));
    const decision = made ? { report: view.report.id, number: made.number, given } : null;
    if (decision) this.#told.decided?.(decision);
    const what = given.field ? sayField(given.field).toLowerCase() : 'the finding';
    toasts.say(
      `${DONE[given.ruling]} ${what}.`,
      decision ? () => void this.undo(decision.number, decision.report) : null,
    );
    return decision;
  }

  /** Takes a decision back, by its number, on the report that it is of. */
  async undo(number: number, report = this.#id): Promise<void> {
    const is = (one: Decision) => one.report === report && one.number === number;
    await this.#busy(this.#deeds.undo(is, (own) => this.#takeBack(report, number, own)));
  }

  /**
   * Takes back what the reader decided last, here and in this sitting; never what others did. What is
   * on its way is waited for.
   */
  async undoLast(): Promise<void> {
    const back = await this.#busy(
      this.#deeds.undoLast((own) =>
        own ? this.#takeBack(own.report, own.number, own) : Promise.resolve(false),
      ),
    );
    if (back === 'none') toasts.say('You have decided nothing here that could be taken back.');
    else if (back === 'never') toasts.say('That was not decided: there is nothing to take back.');
  }

  async #takeBack(report: string, number: number, own: Decision | null): Promise<boolean> {
    try {
      const shown = this.view?.report.id === report ? this.view : null;
      const seen = shown ?? (await api.report(report));
      this.#take(await api.undoReview(report, number, seen.etag), seen);
      if (own) this.#told.undone?.(own);
      toasts.say('Taken back.');
      return true;
    } catch (error) {
      if (error instanceof Refused && error.status === 412) {
        forget(report);
        if (this.#id === report) await this.open(report);
        toasts.say('The report has changed meanwhile. Look again, then undo.', null, true);
      } else toasts.fail(error);
      return false;
    }
  }

  async #busy<T>(work: Promise<T>): Promise<T> {
    this.#waiting++;
    return work.finally(() => this.#waiting--);
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
