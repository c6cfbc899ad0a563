import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import { inOrder, latest, reached } from './moments.ts';

test('a day lasts to its end, and a time is in the zone that it names', () => {
  assert.equal(latest('2025-03-14'), Date.parse('2025-03-14T23:59:59.999Z'));
  assert.equal(latest('2025-03-14T10:00:00+03:00'), Date.parse('2025-03-14T07:00:00Z'));
  assert.equal(latest('2025-03-14T10:00:00'), Date.parse('2025-03-14T10:00:00Z'));
  const two = ['2025-03-14T10:00:00.000002Z', '2025-03-14T10:00:00.000010Z'];
  assert.equal(reached(two, '2025-03-14T10:00:00.000002Z'), 1);
});

test('moments are in the order of time, not of their letters', () => {
  const all = [
    '2025-03-14',
    '2025-03-14T09:30:00Z',
    '2025-03-14T10:00:00+03:00',
    '2025-03-15T01:00:00+04:00',
    '2025-03-13',
    '2025-03-14',
  ];
  const ordered = [
    '2025-03-13',
    '2025-03-14T10:00:00+03:00',
    '2025-03-14T09:30:00Z',
    '2025-03-15T01:00:00+04:00',
    '2025-03-14',
  ];
  assert.deepEqual(inOrder(all), ordered);
  assert.equal(reached(ordered, '2025-03-14T08:00:00Z'), 2);
  assert.equal(reached(ordered, '2025-03-14'), 5);
  assert.equal(reached(ordered, '2025-03-12'), 0);
});
