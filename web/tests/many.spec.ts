/** Ten thousand incidents in the list. The interface is played here; loads are measured elsewhere. */

import type { Brief } from '../src/api/types.ts';
import { TYPES } from '../src/lib/filter.ts';
import { expect, test, visit } from './desk.ts';

const MANY = 10_000;
const LEVELS = ['settlement', 'settlement', 'district', 'province'];
const STATUSES = ['corroborated', 'single-source', 'disputed', 'unknown'] as const;

/** Spread over the world and the year by a step that visits everything. */
function brief(n: number): Brief {
  const spread = (n * 7919) % MANY;
  const day = new Date(Date.UTC(2025, 0, 1) + (spread % 365) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  return {
    id: `i:${n.toString(16).padStart(16, '0')}`,
    title: `Incident ${String(n)}`,
    acled: TYPES[n % TYPES.length] ?? null,
    place: {
      name: `Place ${String(n)}`,
      country: 'SDN',
      admin1: null,
      lat: -35 + (spread % 95),
      lon: -110 + ((n * 131) % 250),
      level: LEVELS[n % 4] ?? 'settlement',
      where_prec: 1,
    },
    start: day,
    end: day,
    reports: 1 + (n % 9),
    origins: 1 + (n % 4),
    disputed: n % 11 === 0 ? 1 : 0,
    unknown: n % 7 === 0 ? 1 : 0,
    killed: n % 3 === 0 ? { low: n % 20, conservative: n % 20, high: n % 20 } : null,
    status: STATUSES[n % 4] ?? null,
    updated: `${day}T00:00:00Z`,
  };
}

test('the first of ten thousand incidents are painted within a second', async ({ page, demo }) => {
  test.setTimeout(60_000);
  const all = Array.from({ length: MANY }, (_, n) => brief(n));
  await page.route('**/api/v1/incidents?*', async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const at = Number(query.get('cursor') ?? 0);
    const next = at + Number(query.get('limit') ?? 100);
    await route.fulfill({
      json: { items: all.slice(at, next), next: next < MANY ? String(next) : null, total: MANY },
    });
  });
  // Once to be let in; then as somebody who comes back.
  await visit(page, demo);
  const began = Date.now();
  await page.reload({ waitUntil: 'commit' });
  await expect(page.getByRole('link', { name: /Place 0/ })).toBeVisible();
  const seen = Date.now() - began;
  const painted = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
  );
  console.log(`first paint ${painted.toFixed(0)} ms, first incidents ${String(seen)} ms`);
  expect(painted).toBeLessThan(1000);
  expect(seen).toBeLessThan(1500);

  // All of them are there, and few of them are drawn.
  await expect(page.getByRole('status').first()).toHaveText('10,000 incidents', {
    timeout: 20_000,
  });
  await page.locator('.window').evaluate((list) => {
    list.scrollTop = list.scrollHeight;
  });
  await expect(page.getByRole('link', { name: /Place 9999/ })).toBeVisible();
  expect(await page.locator('[data-line]').count()).toBeLessThan(60);
});
