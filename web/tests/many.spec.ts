/** Ten thousand incidents, served by the program from a ledger of ten thousand reports. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, openDesk, test, visit } from './desk.ts';
import { sheets } from './sheets.ts';

const MANY = 10_000;

test('the desk answers while it reads ten thousand incidents, and then paints them within a second', async ({
  page,
}) => {
  test.setTimeout(400_000);
  const folder = mkdtempSync(join(tmpdir(), 'sayso-many-'));
  const file = join(folder, 'made.jsonl');
  writeFileSync(file, sheets(MANY));
  const started = Date.now();
  const desk = await openDesk([file], ['--sheets']);
  rmSync(folder, { recursive: true });
  const filled = Date.now();
  try {
    // The page is there at once, and says how far the ledger has been read.
    await visit(page, desk);
    await expect(page.getByRole('heading', { name: 'Reading the ledger' })).toBeVisible();
    await expect(page.getByText(/of 10,000 reports/)).toBeVisible();
    expect((await page.request.get(new URL('/api/v1/incidents', desk.address).href)).status()).toBe(
      503,
    );
    await expect(page.getByRole('status').first()).toHaveText('10,000 incidents', {
      timeout: 200_000,
    });
    const read = Date.now();

    // As somebody who comes back: from the reload to when the first incident can be read, not to when
    // the frame around the list can be seen.
    await page.addInitScript(() => {
      const watching = new MutationObserver(() => {
        if (!document.querySelector('[data-line]')) return;
        watching.disconnect();
        // What comes after the next frame comes after its paint.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => performance.mark('first-incident');
          port2.postMessage(null);
        });
      });
      watching.observe(document, { childList: true, subtree: true });
    });
    await page.reload({ waitUntil: 'commit' });
    const line = page.locator('[data-line]').first();
    await expect(line).toBeVisible();
    await expect(line).toContainText(/\S/);
    const at = (name: string) =>
      page.evaluate((name) => performance.getEntriesByName(name)[0]?.startTime ?? Infinity, name);
    await expect.poll(() => at('first-incident')).toBeLessThan(Infinity);
    const painted = await at('first-incident');
    console.log(
      `filled in ${String(filled - started)} ms, read in ${String(read - filled)} ms; ` +
        `first paint ${(await at('first-contentful-paint')).toFixed(0)} ms, ` +
        `first incident painted ${painted.toFixed(0)} ms`,
    );
    expect(painted).toBeLessThan(1000);

    // All of them are there, and few of them are drawn.
    await expect(page.getByRole('status').first()).toHaveText('10,000 incidents', {
      timeout: 20_000,
    });
    await page.locator('.window').evaluate((list) => {
      list.scrollTop = list.scrollHeight;
    });
    await expect(page.locator('[data-line="9999"]')).toBeVisible();
    expect(await page.locator('[data-line]').count()).toBeLessThan(60);
  } finally {
    desk.stop();
  }
});
