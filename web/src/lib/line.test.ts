import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import { again, longer, moved, without } from './line.ts';

const line = { items: ['a', 'b', 'c'], at: 0 };

test('what is settled leaves, and the next is asked', () => {
  assert.deepEqual(without(line, 'a'), { items: ['b', 'c'], at: 0 });
  assert.deepEqual(without({ ...line, at: 2 }, 'c'), { items: ['a', 'b'], at: 1 });
  assert.deepEqual(without({ items: ['a'], at: 0 }, 'a'), { items: [], at: 0 });
});

test('whoever has gone on meanwhile loses nothing', () => {
  const gone = moved(line, 1);
  assert.deepEqual(without(gone, 'a'), { items: ['b', 'c'], at: 0 });
  assert.deepEqual(without(gone, 'x'), gone);
});

test('more come behind, and the line does not begin anew', () => {
  const end = moved(moved(line, 1), 5);
  assert.equal(end.at, 2);
  assert.deepEqual(moved(longer(end, ['d']), 1), { items: ['a', 'b', 'c', 'd'], at: 3 });
  assert.deepEqual(moved({ items: [], at: 0 }, 1), { items: [], at: 0 });
});

test('what is taken back is asked where it stood', () => {
  assert.deepEqual(again({ items: ['a', 'c'], at: 1 }, 'b', 1), { items: ['a', 'b', 'c'], at: 1 });
  assert.deepEqual(again({ items: [], at: 0 }, 'b', 7), { items: ['b'], at: 0 });
});
