/** Who works here, and what waits to be coded. */

import * as api from '../api/client.ts';
import { whenSignedOut } from '../api/send.ts';
import type { Backlog, RuleText, Session } from '../api/types.ts';

const RANK = { reader: 0, analyst: 1, editor: 2, admin: 3 } as const;

class Desk {
  session = $state.raw<Session | null>(null);
  /** Whether the server was asked at all. */
  asked = $state(false);
  failed = $state<string | null>(null);
  backlog = $state.raw<Backlog>({ waiting: 0, coded: 0, since: null });
  /** Grows whenever reports or incidents change on the server. */
  changes = $state(0);
  rules = $state.raw<Map<string, RuleText>>(new Map());
  #events: EventSource | null = null;

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
      if (this.session) this.session = { ...this.session, user: null, role: null };
    });
    try {
      this.take(await api.session());
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error);
    }
    this.asked = true;
  }

  take(session: Session): void {
    this.session = session;
    if (!session.role || this.#events) return;
    void this.#count();
    void api.rules().then((all) => {
      this.rules = new Map(all.map((rule) => [rule.name, rule]));
    });
    this.#events = new EventSource('/api/v1/events');
    const changed = () => {
      this.changes++;
      void this.#count();
    };
    for (const name of ['report', 'incident', 'reset'])
      this.#events.addEventListener(name, changed);
    this.#events.addEventListener('backlog', () => void this.#count());
  }

  async leave(): Promise<void> {
    await api.signOut();
    this.#events?.close();
    this.#events = null;
    if (this.session) this.session = { ...this.session, user: null, role: null };
  }

  async #count(): Promise<void> {
    this.backlog = await api.backlog().catch(() => this.backlog);
  }
}

export const desk = new Desk();
