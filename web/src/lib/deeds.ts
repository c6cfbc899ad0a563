/**
 * What a reader does and takes back, one after the other: each waits for the answer to the one before,
 * so that nothing is taken back that was never done, and nothing overtakes.
 */
export class Deeds<D extends object> {
  #turn: Promise<unknown> = Promise.resolve();
  /** On their way, and nobody has asked for them back: oldest first. */
  #sent: Promise<D | null>[] = [];
  /** Done here and not taken back, oldest first. */
  #done: D[] = [];

  /** Does something in its turn: what was done, or `null` where it was not. */
  do(work: () => Promise<D | null>): Promise<D | null> {
    const sent = this.#next(async () => {
      const deed = await work();
      if (deed) this.#done.push(deed);
      return deed;
    });
    this.#sent.push(sent);
    const over = () => {
      this.#sent = this.#sent.filter((other) => other !== sent);
    };
    sent.then(over, over);
    return sent;
  }

  /** Takes one back in its turn, or something else that is not known here. */
  undo(is: (deed: D) => boolean, takeBack: (deed: D | null) => Promise<boolean>): Promise<boolean> {
    return this.#next(() => this.#back(this.#done.find(is) ?? null, takeBack));
  }

  /**
   * Takes the last one back. One that is on its way is waited for: where it was not done after all,
   * `never`, and the one before it stays. `none` where there is nothing.
   */
  undoLast(
    takeBack: (deed: D | null) => Promise<boolean>,
  ): Promise<'undone' | 'failed' | 'never' | 'none'> {
    const sent = this.#sent.pop();
    return this.#next(async () => {
      const last = sent ? await sent.catch(() => null) : this.#done.at(-1);
      if (!last) return sent ? 'never' : 'none';
      return (await this.#back(last, takeBack)) ? 'undone' : 'failed';
    });
  }

  async #back(deed: D | null, takeBack: (deed: D | null) => Promise<boolean>): Promise<boolean> {
    const isBack = await takeBack(deed);
    if (isBack) this.#done = this.#done.filter((other) => other !== deed);
    return isBack;
  }

  /** What fails stops nothing that comes after it. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => null);
    return turn;
  }
}
