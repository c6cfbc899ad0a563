import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import { webAddress } from './address.ts';

test('only addresses of the web are links', () => {
  assert.equal(webAddress('https://example.org/a b'), 'https://example.org/a%20b');
  for (const other of [
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'file:///x',
    'x',
    '',
    null,
  ]) {
    assert.equal(webAddress(other), null, String(other));
  }
});
