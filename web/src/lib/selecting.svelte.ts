/**
 * Choosing words of the text: with the pointer, or word by word with buttons. One editor asks at a
 * time; the text that is open answers.
 */

import type { Quoted, Span } from '../api/types.ts';
import { CodePoints } from './codepoints.ts';

class Selecting {
  /** What is chosen so far. */
  chosen = $state.raw<Quoted | null>(null);
  /** Whether an editor asks for words. */
  asked = $state(false);
  /** What is selected while none does. */
  loose = $state.raw<Quoted | null>(null);
  #text = '';
  #points = new CodePoints('');

  open(text: string): void {
    this.loose = null;
    this.#text = text;
    this.#points = new CodePoints(text);
  }

  begin(span: Span | null): void {
    this.asked = true;
    this.loose = null;
    this.chosen = span ? { span, quote: this.#points.slice(span) } : null;
  }

  end(): void {
    this.asked = false;
    this.chosen = null;
  }

  choose(start: number, end: number): void {
    if (end <= start) return;
    const span: Span = [start, end];
    this.chosen = { span, quote: this.#points.slice(span) };
  }

  /** Takes what the reader has selected in the text. Pieces say where in the text they start. */
  take(): void {
    const span = this.#selected();
    if (this.asked) {
      if (span) this.choose(...span);
    } else this.loose = span && { span, quote: this.#points.slice(span) };
  }

  #selected(): Span | null {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    const start = this.#position(range.startContainer, range.startOffset);
    const end = this.#position(range.endContainer, range.endOffset);
    if (start === null || end === null) return null;
    // White space at the ends is no word.
    const quote = this.#points.slice([start, end]);
    const before = [...quote].length - [...quote.trimStart()].length;
    const after = [...quote].length - [...quote.trimEnd()].length;
    return start + before < end - after ? [start + before, end - after] : null;
  }

  /** A place of the page as one of the text; a selection may also end before or after an element. */
  #position(node: Node, offset: number): number | null {
    const piece = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>(
      '[data-at]',
    );
    if (piece) {
      const whole = node instanceof Element && offset > 0;
      const text = piece.textContent;
      return Number(piece.dataset.at) + [...(whole ? text : text.slice(0, offset))].length;
    }
    if (!(node instanceof Element)) return null;
    const next = node.childNodes[offset];
    const pieces = [...node.querySelectorAll<HTMLElement>('[data-at]')];
    const first = pieces.find((one) => next && (next === one || next.contains(one)));
    if (first) return Number(first.dataset.at);
    const last = pieces.at(-1);
    return last ? Number(last.dataset.at) + [...last.textContent].length : null;
  }

  /** Moves an end of what is chosen by a word. */
  nudge(side: 'start' | 'end', by: 1 | -1): void {
    const words = this.#words();
    const [start, end] = this.chosen?.span ?? [0, 0];
    if (side === 'start') {
      const starts = words.map(([first]) => first);
      const next =
        by < 0 ? starts.filter((at) => at < start).at(-1) : starts.find((at) => at > start);
      this.choose(next ?? start, end);
    } else {
      const ends = words.map(([, last]) => last);
      const next = by < 0 ? ends.filter((at) => at < end).at(-1) : ends.find((at) => at > end);
      this.choose(start, next ?? end);
    }
  }

  #words(): Span[] {
    const words: Span[] = [];
    for (const word of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(this.#text)) {
      if (!word.isWordLike) continue;
      const start = this.#points.toPoints(word.index);
      words.push([start, start + [...word.segment].length]);
    }
    return words;
  }
}

export const selecting = new Selecting();
