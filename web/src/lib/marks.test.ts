import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import type { RuleText } from '../api/types.ts';
import { foremost, ruleText } from './marks.ts';

const rules = new Map<string, RuleText>(
  ['cue-verb', 'attached', 'near-other-places', 'frame:clash'].map((name) => [
    name,
    { name, says: `${name}.`, basis: null },
  ]),
);

test('a rule is explained by the most exact name that is known', () => {
  assert.equal(ruleText(rules, 'cue-verb:say')?.name, 'cue-verb');
  assert.equal(ruleText(rules, 'attached/near-other-places')?.name, 'near-other-places');
  assert.equal(ruleText(rules, 'attached/unheard-of')?.name, 'attached');
  assert.equal(ruleText(rules, 'frame:clash')?.name, 'frame:clash');
  assert.equal(ruleText(rules, 'unheard-of'), undefined);
});

test('a click means what is smallest', () => {
  const mark = (kind: string) => ({ kind, id: kind, span: [0, 3] as [number, number] });
  assert.equal(foremost([mark('statement'), mark('place'), mark('toll')])?.kind, 'toll');
  assert.equal(foremost([]), null);
});
