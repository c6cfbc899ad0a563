import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import { ALL, isChosen, leaving, NONE, only, size, turned } from './choice.ts';

const shown = [{ id: 'a' }, { id: 'b' }];

test('whoever takes one out keeps those that have not come yet', () => {
  const but = turned(ALL, 'a');
  assert.equal(isChosen(but, 'a'), false);
  assert.equal(isChosen(but, 'z'), true);
  assert.equal(size(but, 5000, shown), 4999);
  assert.deepEqual(leaving(but, { country: 'SDN' }), {
    filter: { country: 'SDN' },
    except: ['a'],
  });
  assert.deepEqual(leaving(turned(but, 'a'), {}), { filter: {} });
});

test('none but some leave without a filter', () => {
  const some = turned(NONE, 'b');
  assert.equal(size(some, 5000, shown), 1);
  assert.deepEqual(leaving(some, { country: 'SDN' }), { incidents: ['b'] });
  assert.deepEqual(leaving(only(['c']), {}), { incidents: ['c'] });
});

test('what is exported is of the moment that the list is of', () => {
  const filter = { q: 'market', published_by: '2025-03-10', as_of: '2025-04-01' };
  assert.deepEqual(leaving(ALL, filter), {
    filter: { q: 'market' },
    published_by: '2025-03-10',
    as_of: '2025-04-01',
  });
  assert.deepEqual(leaving(only(['c']), { published_by: '2025-03-10' }), {
    incidents: ['c'],
    published_by: '2025-03-10',
  });
});
