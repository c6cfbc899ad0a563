import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import { CodePoints } from './codepoints.ts';

test('units and points agree in a plain text', () => {
  const points = new CodePoints('قتل ثلاثة');
  assert.equal(points.length, 9);
  assert.equal(points.slice([4, 9]), 'ثلاثة');
});

test('a character outside of the first plane is one point and two units', () => {
  const text = 'Flag 🏴 over 𐎠 gate';
  const points = new CodePoints(text);
  assert.equal(points.length, [...text].length);
  assert.equal(points.slice([5, 6]), '🏴');
  assert.equal(points.slice([12, 13]), '𐎠');
  for (let at = 0; at <= points.length; at++) {
    assert.equal(points.toPoints(points.toUnits(at)), at);
  }
});

test('a position past the end is the end', () => {
  assert.equal(new CodePoints('🏴').slice([0, 40]), '🏴');
});
