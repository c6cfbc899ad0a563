/**
 * Characters that are not seen or that turn the direction of what follows: with them a name can look
 * like another. They are shown by their number.
 */

import type { Span } from '../api/types.ts';

/** Odd anywhere: soft hyphens, zero widths, marks that override or embed a direction. */
const ALWAYS = /[\u00ad\u061c\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;
/** Joiners and marks of direction, which some scripts need, next to letters of one that does not. */
const BESIDE =
  /(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])[\u200c-\u200f]|[\u200c-\u200f](?=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])/u;
const ODD = new RegExp(`${ALWAYS.source}|${BESIDE.source}`, 'gu');

/** `U+202E` */
export const codeOf = (letter: string): string =>
  `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A name or headline with its odd characters by their numbers. */
export const visible = (text: string): string =>
  text.replaceAll(ODD, (letter) => `⟨${codeOf(letter)}⟩`);

/** Where a text has odd characters, in code points. */
export function oddIn(text: string): Span[] {
  if (!text.match(ODD)) return [];
  const spans: Span[] = [];
  let points = 0;
  let at = 0;
  for (const found of text.matchAll(ODD)) {
    points += [...text.slice(at, found.index)].length;
    spans.push([points, points + 1]);
    points += 1;
    at = found.index + found[0].length;
  }
  return spans;
}
