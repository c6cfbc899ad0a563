import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from '@playwright/test';
import { oddIn, visible } from './odd.ts';

test('what turns or hides letters is shown by its number', () => {
  assert.equal(visible('Ab\u202eel\u202c'), 'Ab⟨U+202E⟩el⟨U+202C⟩');
  assert.equal(visible('Kau\u200bra'), 'Kau⟨U+200B⟩ra');
  assert.equal(visible('Kau\u200dra'), 'Kau⟨U+200D⟩ra');
  assert.deepEqual(oddIn('😀 a\u200bb\u00adc'), [
    [3, 4],
    [5, 6],
  ]);
});

test('what other scripts need is left alone', () => {
  const text = 'می\u200cخواهم, क्\u200dष, 👩\u200d🏫 and الخرطوم\u200f.';
  assert.equal(visible(text), text);
  assert.deepEqual(oddIn(text), []);
});

test('the program, the page and the notebooks show the same', () => {
  const path = new URL('../../../crates/sayso-text/tests/hidden.json', import.meta.url);
  const cases = JSON.parse(readFileSync(path, 'utf8')) as { text: string; hidden: number[] }[];
  assert.ok(cases.length > 20);
  for (const { text, hidden } of cases) {
    const starts = oddIn(text).map(([start]) => start);
    assert.deepEqual(starts, hidden, JSON.stringify(text));
  }
});
