/** Spans count Unicode code points; strings of this language count UTF-16 units. */

import type { Span } from '../api/types.ts';

/** Looks positions of one text up in both units. */
export class CodePoints {
  /** UTF-16 offset of each code point, and the length; `null` where both units are the same. */
  readonly #units: Uint32Array | null;
  readonly #text: string;
  /** How many code points the text has. */
  readonly length: number;

  constructor(text: string) {
    this.#text = text;
    // Outside of the astral planes both units agree, which is nearly every report.
    if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) {
      this.#units = null;
      this.length = text.length;
      return;
    }
    const units: number[] = [];
    let at = 0;
    for (const character of text) {
      units.push(at);
      at += character.length;
    }
    units.push(at);
    this.#units = Uint32Array.from(units);
    this.length = units.length - 1;
  }

  /** The UTF-16 offset of a code point; positions past the end are the end. */
  toUnits(point: number): number {
    const within = Math.max(0, Math.min(point, this.length));
    return this.#units?.[within] ?? within;
  }

  /** The code point that a UTF-16 offset stands in. */
  toPoints(unit: number): number {
    const units = this.#units;
    if (!units) return Math.max(0, Math.min(unit, this.length));
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((units[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The text at a span. */
  slice([start, end]: Span): string {
    return this.#text.slice(this.toUnits(start), this.toUnits(end));
  }
}
