import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import { paragraphs, type Mark } from './pieces.ts';

const mark = (start: number, end: number, kind: string): Mark => ({
  span: [start, end],
  kind,
  id: kind,
});

test('marks that overlap are cut into pieces, and no character is lost', () => {
  const [only] = paragraphs('Two men fell at dawn', [mark(0, 12, 'a'), mark(8, 20, 'b')]);
  assert.deepEqual(
    only?.map((piece) => [piece.text, piece.marks.map((m) => m.kind).join('')]),
    [
      ['Two men ', 'a'],
      ['fell', 'ab'],
      [' at dawn', 'b'],
    ],
  );
});

test('a mark runs on over a paragraph', () => {
  const found = paragraphs('One.\n\nTwo.', [mark(0, 10, 'a')]);
  assert.deepEqual(
    found.map((paragraph) => paragraph.map((piece) => piece.text).join('')),
    ['One.', 'Two.'],
  );
  assert.ok(found.every((paragraph) => paragraph.every((piece) => piece.marks.length === 1)));
});

test('spans count code points', () => {
  const [only] = paragraphs('🏴 raised', [mark(2, 8, 'a')]);
  assert.equal(only?.[1]?.text, 'raised');
});

test('a mark past the end does no harm', () => {
  const [only] = paragraphs('short', [mark(2, 90, 'a')]);
  assert.deepEqual(
    only?.map((piece) => piece.text),
    ['sh', 'ort'],
  );
});
