/** What the server tells as it happens: a stream that is opened again whenever it breaks. */

/** How long is waited before a stream that ended for good is opened again, in milliseconds. */
const FIRST = 1000;
const MOST = 60_000;

export interface Heard {
  report: (data: string) => void;
  incident: (data: string) => void;
  backlog: (data: string) => void;
  /** The server says that something was missed. */
  reset: (data: string) => void;
  /** The stream broke and is there again. */
  again: () => void;
  /** The stream was refused: whether it should be tried again. */
  lost: () => Promise<boolean>;
}

export class Live {
  readonly #address: string;
  readonly #heard: Heard;
  #events: EventSource | null = null;
  #wait: ReturnType<typeof setTimeout> | undefined;
  #pause = FIRST;
  /** Whether something may have been missed before the stream that opens. */
  #missed = false;

  constructor(address: string, heard: Heard) {
    this.#address = address;
    this.#heard = heard;
  }

  /** Whether it listens, or is about to. */
  get listens(): boolean {
    return this.#events !== null;
  }

  open(): void {
    clearTimeout(this.#wait);
    this.#events?.close();
    const events = new EventSource(this.#address);
    this.#events = events;
    for (const name of ['report', 'incident', 'backlog', 'reset'] as const) {
      events.addEventListener(name, (event: MessageEvent<string>) => {
        this.#heard[name](event.data);
      });
    }
    events.addEventListener('open', () => {
      this.#pause = FIRST;
      if (this.#missed) this.#heard.again();
      this.#missed = false;
    });
    events.addEventListener('error', () => {
      this.#missed = true;
      // A stream that only broke off comes again by itself; one that was refused does not.
      if (this.#events !== events || events.readyState !== EventSource.CLOSED) return;
      this.#wait = setTimeout(() => void this.#retry(events), this.#pause);
      this.#pause = Math.min(this.#pause * 2, MOST);
    });
  }

  close(): void {
    clearTimeout(this.#wait);
    this.#events?.close();
    this.#events = null;
    this.#missed = true;
    this.#pause = FIRST;
  }

  async #retry(events: EventSource): Promise<void> {
    // A server that does not answer may do so later.
    const tries = await this.#heard.lost().catch(() => true);
    if (tries && this.#events === events) this.open();
  }
}
