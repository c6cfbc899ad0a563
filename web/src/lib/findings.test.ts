import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import type { Answer, Finding, Incident, Stance } from '../api/types.ts';
import { figures, grouped, said, sides, stands } from './findings.ts';

const answer = (value: string | null, origin: string, stance: Stance = 'asserts', report = 'r1') =>
  ({
    value,
    origin,
    stance,
    published: '2025-03-09',
    superseded: false,
    evidence: [{ report, field: 'tolls', span: [0, 1], quote: 'x' }],
  }) satisfies Answer;

const finding = (question: string, answers: Answer[]): Finding => ({
  question,
  status: 'single-source',
  answers,
  low: null,
  conservative: null,
  high: null,
});

test('the same answer of several origins is one, whatever its article or case', () => {
  const all = [answer('police', 'a'), answer('The army', 'b'), answer('the army', 'c')];
  assert.deepEqual(
    grouped(all).map(({ value, answers }) => [value, answers.length]),
    [
      ['The army', 2],
      ['police', 1],
    ],
  );
  assert.deepEqual(said(finding('who-did-it', all)), ['The army', 'police']);
});

test('what an origin has replaced stands on no side', () => {
  const past = { ...answer('11', 'a'), superseded: true };
  const all = sides(
    finding('killed', [
      past,
      answer('16', 'a'),
      answer('16', 'b', 'denies'),
      answer(null, 'c', 'does-not-know'),
    ]),
  );
  assert.deepEqual(
    [all.yes, all.no, all.open, all.past].map((side) => side.map(({ value }) => value)),
    [['16'], ['16'], [null], ['11']],
  );
});

test('a figure counts from its first print, and a denial is no figure', () => {
  const incident = {
    reports: [
      { id: 'r1', published: '2025-03-09' },
      { id: 'r2', published: '2025-03-07T10:00:00Z' },
    ],
  } as Incident;
  const twice = answer('16', 'a');
  twice.evidence.push({ report: 'r2', field: 'tolls', span: [0, 1], quote: 'x' });
  const all = figures(finding('killed', [twice, answer('9', 'b', 'denies')]), incident);
  assert.deepEqual(
    all.map(({ origin, at, value }) => [origin, new Date(at).toISOString().slice(0, 10), value]),
    [['a', '2025-03-07', 16]],
  );
});

test('more prints of the same do not change how a finding stands', () => {
  const before = finding('killed', [answer('16', 'a')]);
  const after = finding('killed', [answer('16', 'a'), answer('16', 'b')]);
  assert.equal(stands(before), stands(after));
  assert.notEqual(stands(before), stands({ ...after, status: 'corroborated' }));
});
