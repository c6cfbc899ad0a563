/* eslint-disable no-misleading-character-class -- Each class lists characters one by one. */
/**
 * Characters that are not seen or that turn the direction of what follows: with them a name can look
 * like another. They are shown by their number. The same list and rules as
 * `crates/sayso-text/src/hidden/letters.rs`, which says where they are from; both pass the cases of
 * `crates/sayso-text/tests/hidden.json`.
 */

import type { Span } from '../api/types.ts';

const UNSEEN =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/** Letters whose form a joiner beside them changes, and the signs that are joined to one emoji. */
const JOINS =
  /[\u0600-\u060f\u0620-\u077f\u07c0-\u07ff\u0840-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua8e0-\ua8ff\ua9e0-\ua9ff\uaa60-\uaa7f\u{11000}-\u{11fff}\u2190-\u27ff\u2801-\u2bff\ufe0f\u{1f000}-\u{1faff}]/u;
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** What a variation selector has a meaning behind: signs, Han characters, some letters. */
const HAS_VARIANTS =
  /[\u1000-\u109f\u1800-\u18af\ua840-\ua877\u2e80-\u2fdf\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}\u2100-\u214f\u2460-\u24ff\u3200-\u32ff\u{1f100}-\u{1f2ff}]|[^\p{Alphabetic}\p{N}\s\0-\u007f]/u;
const LETTER = /[\p{Alphabetic}\p{N}]/u;

/** How far a mark of direction is from the letters that it is for, in characters. */
const NEAR = 40;

/** The characters right before and behind a place, the nearest first. */
const before = (text: string, at: number): string[] =>
  [...text.slice(Math.max(0, at - 2 * NEAR), at)].reverse().slice(0, NEAR);
const behind = (text: string, at: number): string[] =>
  [...text.slice(at, at + 2 * NEAR)].slice(0, NEAR);

/** Whether the writing around it needs the character there. */
function isNeeded(text: string, letter: string, at: number): boolean {
  const [left, right] = [before(text, at), behind(text, at + letter.length)];
  const last = left[0] ?? '';
  const next = right[0] ?? '';
  const beside = (those: RegExp): boolean => those.test(last) || those.test(next);
  if (/[\u200c\u200d]/u.test(letter)) return beside(JOINS);
  if (/[\u200e\u200f\u061c]/u.test(letter)) {
    const nearest = [left, right].map((side) => side.find((one) => LETTER.test(one)) ?? '');
    return nearest.some((one) => RIGHT_TO_LEFT.test(one));
  }
  if (/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u.test(letter)) {
    const isSeen = !last.match(UNSEEN);
    return next === '\u20e3' || (isSeen && HAS_VARIANTS.test(last));
  }
  if (letter === '\u034f') return beside(/[\u0590-\u05ff]/u);
  if (/[\u115f\u1160]/u.test(letter)) {
    return beside(/[\u1100-\u115e\u1161-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/u);
  }
  if (/[\u17b4\u17b5]/u.test(letter)) return beside(/[\u1780-\u17b3\u17b6-\u17ff]/u);
  if (/[\u180b-\u180f]/u.test(letter)) return beside(/[\u1800-\u180a\u1810-\u18af]/u);
  return letter === '\u2800' && beside(/[\u2801-\u28ff]/u);
}

/** `U+202E` */
export const codeOf = (letter: string): string =>
  `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A name or headline with its odd characters by their numbers. */
export const visible = (text: string): string =>
  text.replaceAll(UNSEEN, (letter, at: number) =>
    isNeeded(text, letter, at) ? letter : `⟨${codeOf(letter)}⟩`,
  );

/** Where a text has odd characters, in code points. */
export function oddIn(text: string): Span[] {
  if (!text.match(UNSEEN)) return [];
  const spans: Span[] = [];
  let points = 0;
  let at = 0;
  for (const found of text.matchAll(UNSEEN)) {
    points += [...text.slice(at, found.index)].length;
    at = found.index;
    if (!isNeeded(text, found[0], at)) spans.push([points, points + 1]);
  }
  return spans;
}
