/** Cuts a text that carries overlapping marks into pieces that do not overlap. */

import type { Span } from '../api/types.ts';
import { CodePoints } from './codepoints.ts';

export interface Mark {
  span: Span;
  kind: string;
  /** What it belongs to: the id of a statement or event, or the place's or time's number. */
  id: string;
}

export interface Piece {
  start: number;
  end: number;
  text: string;
  marks: Mark[];
}

/** One paragraph: its pieces in the order of the text. */
export type Paragraph = Piece[];

/** The pieces of a text, by paragraph. Line breaks themselves belong to no piece. */
export function paragraphs(text: string, marks: Mark[]): Paragraph[] {
  const points = new CodePoints(text);
  const cuts = new Set<number>([0, points.length]);
  for (const { span } of marks) {
    cuts.add(Math.min(span[0], points.length));
    cuts.add(Math.min(span[1], points.length));
  }
  const breaks: Span[] = [];
  for (const found of text.matchAll(/\s*\n\s*/g)) {
    const start = points.toPoints(found.index);
    const end = points.toPoints(found.index + found[0].length);
    breaks.push([start, end]);
    cuts.add(start);
    cuts.add(end);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const starting = [...marks].sort((a, b) => a.span[0] - b.span[0]);
  const result: Paragraph[] = [];
  let paragraph: Paragraph = [];
  let open: Mark[] = [];
  let next = 0;
  let broken = 0;
  for (let n = 0; n + 1 < sorted.length; n++) {
    const start = sorted[n] ?? 0;
    const end = sorted[n + 1] ?? start;
    open = open.filter((mark) => mark.span[1] > start);
    for (let mark = starting[next]; mark && mark.span[0] <= start; mark = starting[++next]) {
      if (mark.span[1] > start) open.push(mark);
    }
    while ((breaks[broken]?.[1] ?? Infinity) <= start) broken++;
    const here = breaks[broken];
    if (here && here[0] <= start && end <= here[1]) {
      if (paragraph.length > 0) result.push(paragraph);
      paragraph = [];
      continue;
    }
    paragraph.push({ start, end, text: points.slice([start, end]), marks: open });
  }
  if (paragraph.length > 0) result.push(paragraph);
  return result;
}
