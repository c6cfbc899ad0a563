import { addReport, expect, openDesk, test, visit } from './desk.ts';

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
