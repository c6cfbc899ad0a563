import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addReport, expect, openDesk, test, visit } from './desk.ts';

const TEXT =
  'Soldiers arrested six ferry workers at the pier of Kalemie on Thursday evening, the boatmen’s ' +
  'union said. The governor confirmed two arrests.';

/** Keeps what is previewed, and waits until it is safe. */
async function keep(page: Page, query = '') {
  const kept = page.waitForResponse((answer) => {
    const url = new URL(answer.url());
    const isIt = url.pathname.endsWith('/reports') && url.search === (query && `?${query}`);
    return answer.request().method() === 'POST' && isIt;
  });
  await page.getByRole('button', { name: 'Keep 1 report' }).click();
  expect((await kept).status()).toBe(201);
  await expect(page.getByRole('region', { name: 'Kept' })).toBeVisible();
}

test('an import that was taken back comes back when the same is added again', async ({ page }) => {
  const desk = await openDesk();
  try {
    await visit(page, desk, '#/add');
    const paste = async () => {
      await page.getByRole('textbox', { name: 'Text' }).fill(TEXT);
      await page.getByLabel('Headline').fill('Ferry workers held');
      await page.getByRole('button', { name: 'Preview' }).click();
    };
    const imports = page.getByRole('region', { name: 'Imports' });
    await paste();
    await keep(page);
    await imports.getByRole('button', { name: /^Undo/ }).click();
    await expect(imports).toContainText('taken back');

    await paste();
    const preview = page.getByRole('region', { name: 'Preview' });
    await expect(preview).toContainText('keeping it brings it back');
    await keep(page);
    await page.goto(new URL('#/reports', page.url()).href);
    await expect(page.getByRole('link', { name: 'Ferry workers held' })).toBeVisible();

    // And what is there is only known.
    await page.goto(new URL('#/add', page.url()).href);
    await paste();
    await expect(preview).toContainText('Known before');
    await expect(page.getByRole('button', { name: 'Keep 0 reports' })).toBeDisabled();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(imports.getByRole('listitem')).toHaveCount(2);
  } finally {
    desk.stop();
  }
});

test('imports are reached however many there are', async ({ page }) => {
  const desk = await openDesk();
  try {
    await page.route('**/api/v1/imports?*', (route) =>
      route.continue({ url: route.request().url().replace('limit=50', 'limit=1') }),
    );
    await visit(page, desk, '#/add');
    const imports = page.getByRole('region', { name: 'Imports' });
    for (const name of ['first', 'second', 'third']) {
      await page
        .getByRole('textbox', { name: 'Text' })
        .fill(`${TEXT} This is the ${name} of three.`);
      await page.getByRole('button', { name: 'Preview' }).click();
      await keep(page);
    }
    await page.reload();
    await expect(imports.getByRole('listitem')).toHaveCount(1);
    await expect(imports).toContainText('1 of 3 imports');
    for (const many of [2, 3]) {
      await imports.getByRole('button', { name: 'Show earlier ones' }).click();
      await expect(imports.getByRole('listitem')).toHaveCount(many);
    }
    await expect(imports.getByRole('button', { name: 'Show earlier ones' })).toHaveCount(0);
  } finally {
    desk.stop();
  }
});

test('what cannot be seen in a headline is shown by its number', async ({ page }) => {
  const desk = await openDesk();
  try {
    await visit(page, desk, '#/add');
    await page.getByRole('textbox', { name: 'Text' }).fill(TEXT);
    await page.getByLabel('Headline').fill('Ferry \u202eworkers\u202c held');
    await page.getByRole('button', { name: 'Preview' }).click();
    const title = page.getByRole('region', { name: 'Preview' }).locator('.title');
    await expect(title).toHaveText('Ferry ⟨U+202E⟩workers⟨U+202C⟩ held');
    await keep(page);
    await page.goto(new URL('#/reports', page.url()).href);
    await expect(page.getByRole('link', { name: /⟨U\+202E⟩workers/ })).toBeVisible();
  } finally {
    desk.stop();
  }
});

test('a known report with another text is told, and kept as a correction where one says so', async ({
  page,
}) => {
  const desk = await openDesk();
  try {
    await visit(page, desk, '#/add');
    await addReport(page, desk, { id: 'kalemie-1', text: TEXT });
    const again = JSON.stringify({ id: 'kalemie-1', text: `${TEXT} A third was denied.` });
    await page.locator('input[type=file]').setInputFiles({
      name: 'again.jsonl',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(again),
    });
    const refused = page.getByRole('region', { name: 'Not taken in' });
    await expect(refused).toContainText('again.jsonl');
    await expect(refused).toContainText('kalemie-1');
    await expect(refused).toContainText('another text');
    await expect(page.getByRole('button', { name: 'Keep 0 reports' })).toBeDisabled();
    await page.getByRole('checkbox', { name: /as its outlet’s correction/ }).check();
    await expect(refused).toHaveCount(0);
    await keep(page, 'corrections=true');
    await expect(page.getByRole('region', { name: 'Kept' })).toContainText('kept as a correction');
    const report = await page.request.get(new URL('/api/v1/reports/kalemie-1', desk.address).href);
    expect(((await report.json()) as { text: string }).text).toContain('A third was denied');
  } finally {
    desk.stop();
  }
});

test('what was kept is taken back from whatever page one has gone on to', async ({ page }) => {
  const desk = await openDesk();
  try {
    await visit(page, desk, '#/add');
    await page.getByRole('textbox', { name: 'Text' }).fill(TEXT);
    await page.getByRole('button', { name: 'Preview' }).click();
    await keep(page);
    await page.getByRole('link', { name: 'To the incidents' }).click();
    await expect(page.getByRole('region', { name: 'Imports' })).toHaveCount(0);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('The import is taken back.')).toBeVisible();
    await page.goto(new URL('#/add', page.url()).href);
    await expect(page.getByRole('region', { name: 'Imports' })).toContainText('taken back');
  } finally {
    desk.stop();
  }
});

test('more than is taken in at once is told before it is sent', async ({ page, demo }) => {
  const folder = mkdtempSync(join(tmpdir(), 'sayso-large-'));
  const file = join(folder, 'large.warc');
  try {
    writeFileSync(file, '');
    truncateSync(file, 70_000_000);
    await visit(page, demo, '#/add');
    let sent = 0;
    page.on('request', (request) => (sent += Number(request.method() === 'POST')));
    await page.locator('input[type="file"]').setInputFiles(file);
    await expect(page.getByText('1 file of 70 MB: at most 64 MB')).toBeVisible();
    expect(sent).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
