/** Who works here, and what waits to be coded. */

import * as api from '../api/client.ts';
import { whenSignedOut } from '../api/send.ts';
import type { Backlog, RuleText, Session } from '../api/types.ts';
import { forget, forgetAll } from './kept.ts';
import { Live } from './live.ts';

/** How long changes are gathered before the page shows them, in milliseconds. */
const PAUSE = 1500;

const RANK = { reader: 0, analyst: 1, editor: 2, admin: 3 } as const;

class Desk {
  session = $state.raw<Session | null>(null);
  /** Whether the server was asked at all. */
  asked = $state(false);
  failed = $state<string | null>(null);
  backlog = $state.raw<Backlog>({ waiting: 0, coded: 0, failed: 0, since: null, reading: null });
  /** Grows whenever reports or incidents change on the server. */
  changes = $state(0);
  /** Grows whenever what was read before may be gone for good. */
  forgotten = $state(0);
  rules = $state.raw<Map<string, RuleText>>(new Map());
  #wait: ReturnType<typeof setTimeout> | null = null;
  #live = new Live('/api/v1/events', {
    report: (data) => {
      forget((JSON.parse(data) as { id: string }).id);
      this.#changed();
    },
    incident: () => {
      this.#changed();
    },
    reset: () => {
      this.#missed();
    },
    backlog: (data) => {
      const told = JSON.parse(data) as Backlog;
      // The last report has been coded: what it tells of can be shown.
      if (this.backlog.waiting > 0 && told.waiting === 0) this.#changed();
      this.backlog = told;
    },
    // What happened while nobody listened is not told again.
    again: () => {
      this.#missed();
    },
    lost: () => this.#isIn(),
  });

  /** Whether the reader may do what this role may do. */
  may(role: keyof typeof RANK): boolean {
    const own = this.session?.role;
    return !!own && RANK[own] >= RANK[role];
  }

  get signedIn(): boolean {
    return !!this.session?.role;
  }

  async open(): Promise<void> {
    whenSignedOut(() => {
      this.#ended();
    });
    try {
      this.take(await api.session());
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error);
    }
    this.asked = true;
  }

  take(session: Session): void {
    this.backlog = { ...this.backlog, reading: session.reading };
    this.session = session;
    if (!session.role || this.#live.listens) return;
    void api.backlog().then((told) => (this.backlog = told));
    void api.rules().then((all) => {
      this.rules = new Map(all.map((rule) => [rule.name, rule]));
    });
    this.#live.open();
  }

  /** Many changes at once are shown as one: reports may come in by the dozen a second. */
  #changed(): void {
    if (this.#wait !== null) return;
    this.#wait = setTimeout(() => {
      this.#wait = null;
      this.changes++;
    }, PAUSE);
  }

  #missed(): void {
    forgetAll();
    this.forgotten++;
    this.#changed();
  }

  /** Whether the session still holds; where it does not, the reader is asked to sign in. */
  async #isIn(): Promise<boolean> {
    const found = await api.session();
    if (!found.role) this.#ended();
    return !!found.role;
  }

  #ended(): void {
    this.#live.close();
    forgetAll();
    if (this.session) this.session = { ...this.session, user: null, role: null };
  }

  async leave(): Promise<void> {
    await api.signOut();
    this.#ended();
  }
}

export const desk = new Desk();
