import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import { shown } from './shown.ts';
import { amount, range, value } from './words.ts';

test('a bound is said, and is no figure', () => {
  for (const [answer, long, short] of [
    ['16', '16', '16'],
    ['1600', '1,600', '1,600'],
    ['16+', 'at least 16', '16+'],
    ['-16', 'up to 16', '≤16'],
    ['~16', 'about 16', '~16'],
    ['10-15', '10–15', '10–15'],
    ['24?', 'a vague number (24 or more)', '24?'],
    ['several', 'several', 'several'],
  ] as const) {
    assert.equal(amount(answer), long);
    assert.equal(amount(answer, true), short);
  }
  assert.equal(value('killed', '-16'), 'up to 16');
  assert.equal(value('place', '16+'), '16+');
  assert.equal(value('killed', null), 'not known');
});

test('a range says where it is open, and what nobody knows is no zero', () => {
  for (const [low, high, open, said] of [
    [4, 6, false, '4–6'],
    [6, 6, false, '6'],
    [6, 6, true, '6+'],
    [4, 1027, true, '4–1,027+'],
    [0, 0, false, '0'],
    [null, 16, false, 'up to 16'],
    [null, null, false, ''],
  ] as const) {
    assert.equal(range({ low, high, open }), said);
  }
  assert.equal(range({ low: null, high: 16, open: false }, true), '≤16');
  assert.equal(range(null), '');
});

test('tolls of a report are shown as their words bound them', () => {
  const toll = (low: number, high: number | null, bound: string) =>
    shown({ effect: 'killed', low, high, bound });
  assert.equal(toll(16, 16, 'exact'), '16 killed');
  assert.equal(toll(16, null, 'at-least'), 'at least 16 killed');
  assert.equal(toll(16, 16, 'at-most'), 'up to 16 killed');
  assert.equal(toll(20, 20, 'about'), 'about 20 killed');
  assert.equal(toll(24, null, 'vague'), 'a vague number (24 or more) killed');
  assert.equal(toll(10, 15, 'about'), '10–15 killed');
});
