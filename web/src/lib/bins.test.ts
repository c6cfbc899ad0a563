import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import { bins } from './bins.ts';

const on = (...days: string[]) => days.map((start) => ({ start, disputed: 0 }));

test('a fortnight is shown by days, with the empty ones', () => {
  const found = bins(on('2025-06-01', '2025-06-14', '2025-06-14'));
  assert.equal(found.unit, 'day');
  assert.equal(found.bins.length, 14);
  assert.equal(found.bins.at(-1)?.count, 2);
  assert.equal(found.bins[1]?.count, 0);
});

test('a year is shown by weeks that start on Mondays', () => {
  const found = bins(on('2025-01-01', '2025-12-31'));
  assert.equal(found.unit, 'week');
  assert.deepEqual(found.bins[0], {
    start: '2024-12-30',
    end: '2025-01-05',
    count: 1,
    disputed: 0,
  });
});

test('many years are shown by years', () => {
  assert.equal(bins(on('1980-02-03', '2025-12-31')).unit, 'year');
});

test('what has no date is in no bin', () => {
  assert.deepEqual(bins([{ start: null, disputed: 1 }]).bins, []);
});
