import { expect, openDesk, samples, test, visit } from './desk.ts';

test('the queue is worked through by keyboard alone', async ({ page }) => {
  const desk = await openDesk([`${samples}/three-incidents.jsonl`]);
  try {
    await visit(page, desk, '#/review');
    const left = page.getByRole('status').filter({ hasText: 'left' });
    await expect(left).toBeVisible();
    const start = Number.parseInt(await left.innerText(), 10);
    expect(start).toBeGreaterThan(5);
    await expect(page.locator('.lit').first()).toBeInViewport();

    await page.keyboard.press('a');
    await expect(left).toContainText('1 decided');
    await page.keyboard.press('r');
    await expect(left).toContainText('2 decided');
    await page.keyboard.press('n');
    await expect(page.locator('.queue [aria-current="true"]')).toHaveCount(1);
    await page.keyboard.press('c');
    const select = page.locator('.panel select');
    await expect(select).toBeVisible();
    await select.focus();
    const other = await select.locator('option:not(:checked)').last().getAttribute('value');
    await select.selectOption(other);
    await expect(page.getByText(/^Corrected/)).toBeVisible();

    // What was decided is asked no more.
    await page.reload();
    await expect(left).toBeVisible();
    expect(Number.parseInt(await left.innerText(), 10)).toBeLessThan(start);
  } finally {
    desk.stop();
  }
});
