import { readFileSync } from 'node:fs';
import { expect, test, visit } from './desk.ts';

test('what is left out is shown before anything is exported', async ({ page, demo }) => {
  await visit(page, demo, '#/publish');
  await expect(page.getByLabel(/The public/)).toBeChecked();
  await expect(page.locator('.out')).toContainText(/items? left out\.|no rule found/);
  await page.getByLabel(/The desk alone/).check();
  await expect(page.locator('.out')).toContainText('Nothing is left out');
});

test('incidents are chosen one by one', async ({ page, demo }) => {
  await visit(page, demo, '#/publish');
  await page.getByRole('button', { name: 'None', exact: true }).click();
  await expect(page.getByText('0 incidents chosen')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export 0 incidents' })).toBeDisabled();
  await page.getByRole('checkbox', { name: /Abu Jubaiha/ }).check();
  await expect(page.getByText('1 incident chosen')).toBeVisible();
});

test('what is exported had been published by the day that the list is of', async ({
  page,
  demo,
}) => {
  const chosen = page.locator('.sum b');
  await visit(page, demo, '#/publish?published_by=1999-01-01');
  await expect(page.getByText('No incident is chosen.')).toBeVisible();
  await expect(page.getByText(/^Published by/)).toBeVisible();
  await visit(page, demo, '#/incidents');
  await visit(page, demo, '#/publish?published_by=2025-01-31');
  // Later ones are of the same ledger.
  await expect(chosen).toHaveText(/^[1-5] incidents?$/);
  const some = Number.parseInt(await chosen.innerText(), 10);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export \d+ incidents?$/ }).click();
  const path = await (await download).path();
  const written = JSON.parse(readFileSync(path, 'utf8')) as { features: unknown[] };
  expect(written.features).toHaveLength(some);
});

test('whoever takes one out while the list comes loses no other', async ({ page, demo }) => {
  let hold: Promise<void> = Promise.resolve();
  let release: () => void = () => undefined;
  await page.route('**/api/v1/incidents?*', async (route) => {
    const address = route.request().url();
    if (address.includes('cursor=')) await hold;
    await route.continue({ url: address.replace('limit=60', 'limit=2') });
  });
  hold = new Promise((done) => (release = done));
  await visit(page, demo, '#/publish');
  const chosen = page.locator('.sum b');
  await expect(page.getByRole('checkbox')).toHaveCount(2);
  const all = Number.parseInt(await chosen.innerText(), 10);
  expect(all).toBeGreaterThan(2);
  await page.getByRole('checkbox').first().uncheck();
  await expect(chosen).toHaveText(`${String(all - 1)} incidents`);
  const asked = page.waitForRequest('**/api/v1/export');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export \d+ incidents$/ }).click();
  const body = (await asked).postDataJSON() as { incidents?: string[]; except?: string[] };
  expect(body.incidents).toBeUndefined();
  expect(body.except).toHaveLength(1);
  const path = await (await download).path();
  const written = JSON.parse(readFileSync(path, 'utf8')) as { features: unknown[] };
  expect(written.features).toHaveLength(all - 1);
  release();
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(all - 1);
});

test('every format that is offered is written', async ({ page, demo }) => {
  test.setTimeout(240_000);
  await visit(page, demo, '#/publish');
  const formats = await page
    .getByLabel('Format')
    .locator('option')
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  for (const format of formats) {
    // A page that saves a tenth file is asked about by Chromium, and nobody is here to answer.
    const fresh = await page.context().newPage();
    await visit(fresh, demo, '#/publish');
    await fresh.getByLabel('Format').selectOption(format);
    const download = fresh.waitForEvent('download');
    await fresh.getByRole('button', { name: /^Export \d+ incidents$/ }).click();
    expect((await download).suggestedFilename(), format).toMatch(/\.\w+$/);
    await fresh.close();
  }
});

test('a view is published under a name, read without an account and taken back', async ({
  page,
  demo,
  playwright,
}) => {
  await visit(page, demo, '#/publish');
  await page.getByLabel('Name of the view').fill('strikes-in-june');
  await page.getByRole('button', { name: 'Publish as a view' }).click();
  const view = page.getByRole('link', { name: 'strikes-in-june' });
  await expect(view).toBeVisible();
  const address = new URL((await view.getAttribute('href')) ?? '', demo.address).href;
  const stranger = await playwright.request.newContext();
  const read = await stranger.get(address);
  expect(read.status()).toBe(200);
  expect(((await read.json()) as { type: string }).type).toBe('FeatureCollection');
  await page.getByRole('button', { name: 'Take back strikes-in-june' }).click();
  await expect(page.getByText('Nothing is published.')).toBeVisible();
  expect((await stranger.get(address)).status()).toBe(404);
  await stranger.dispose();
});
