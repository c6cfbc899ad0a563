import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { addReport, binary, expect, openDesk, samples, test, visit } from './desk.ts';

test('words of an earlier moment are lit in the text of that moment', async ({ page }) => {
  const desk = await openDesk();
  try {
    await visit(page, desk);
    const report = {
      id: 'mill-1',
      title: 'Shells hit mill',
      outlet: 'Kesh Post',
      published: '2025-04-02',
    };
    const old = 'Shells hit the mill of Wadi Sefra on Tuesday, killing four workers, a medic said.';
    await addReport(page, desk, { ...report, text: old });
    const line = page.getByRole('link', { name: /Wadi Sefra|Shelling/ }).first();
    await expect(line).toBeVisible({ timeout: 60_000 });
    const text = `The Kesh Post takes back an earlier figure, which a clerk had misread. ${old.replace('four', 'nine')}`;
    await addReport(page, desk, { ...report, text });
    await line.click();
    const figure = page.locator('#finding-killed .figure');
    await expect(figure).toHaveText(/9/, { timeout: 60_000 });
    const words = page.getByRole('region', { name: 'The exact words' });
    await page.locator('#finding-killed').getByTitle('See the exact words').first().click();
    await expect(words.locator('mark').first()).toContainText('nine');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Recorded' }).click();
    await page.getByRole('slider', { name: 'As of' }).focus();
    await page.keyboard.press('Home');
    // The first moment is that of the text before it was coded.
    await page.keyboard.press('ArrowRight');
    await expect(figure).toHaveText(/4/);
    await page.locator('#finding-killed').getByTitle('See the exact words').first().click();
    await expect(words.locator('mark').first()).toContainText('four');
    await expect(words).not.toContainText('takes back');
  } finally {
    desk.stop();
  }
});

test('words of a report that is erased are shown no more', async ({ page }) => {
  const desk = await openDesk([join(samples, 'three-incidents.jsonl')]);
  try {
    await visit(page, desk);
    await page.getByRole('link', { name: /Abu Jubaiha.*9 prints/ }).click();
    await page.locator('#finding-killed').getByTitle('See the exact words').first().click();
    const words = page.getByRole('region', { name: 'The exact words' });
    await expect(words.locator('mark').first()).toBeVisible();
    const quote = await words.locator('mark').first().innerText();
    const link = await words.getByRole('link').first().getAttribute('href');
    const id = decodeURIComponent(/#\/reports\/([^?]+)/.exec(link ?? '')?.[1] ?? '');
    const ledger = join(desk.folder, 'desk.db');
    const args = ['erase', id, '--by', 'ada', '--why', 'asked for', '--ledger', ledger];
    const erased = spawnSync(binary, args, { encoding: 'utf8' });
    expect(erased.status, erased.stderr).toBe(0);
    await expect(words).toContainText('was erased', { timeout: 20_000 });
    await expect(words).not.toContainText(quote);
  } finally {
    desk.stop();
  }
});
