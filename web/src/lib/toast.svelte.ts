/** What was done, with a way back. */

export interface Told {
  id: number;
  text: string;
  bad: boolean;
  undo: (() => void) | null;
}

class Toasts {
  all = $state<Told[]>([]);
  #next = 1;

  say(text: string, undo: (() => void) | null = null, bad = false): void {
    const told = { id: this.#next++, text, bad, undo };
    this.all = [...this.all.slice(-2), told];
    // A way back must not vanish before it can be reached; the rest is read in a few seconds.
    if (!undo && !bad) setTimeout(() => this.close(told.id), 6000);
  }

  fail(error: unknown): void {
    this.say(error instanceof Error ? error.message : String(error), null, true);
  }

  close(id: number): void {
    this.all = this.all.filter((told) => told.id !== id);
  }
}

export const toasts = new Toasts();
