/** Each page, in both themes and at both widths: WCAG 2.2 AA by axe, and nothing runs over. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, visit } from './desk.ts';

const PAGES: [string, string, string?][] = [
  ['incidents', '#/incidents'],
  ['incident', '#/incidents', 'incident'],
  ['reports', '#/reports'],
  ['report', '#/reports/market-1'],
  ['right to left', '#/reports/taiz-mine-ar'],
  ['add', '#/add'],
  ['review', '#/review'],
  ['publish', '#/publish'],
];

for (const theme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ] as const) {
    test(`every page is accessible: ${theme}, ${String(width)} pixels`, async ({ page, demo }) => {
      test.setTimeout(400_000);
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height });
      for (const [name, at, open] of PAGES) {
        await visit(page, demo, at);
        if (open) {
          await page.getByRole('link', { name: /Abu Jubaiha/ }).click();
          await page
            .locator('#finding-who-did-it')
            .getByTitle('See the exact words')
            .first()
            .click();
          await expect(page.locator('mark').first()).toBeVisible();
        }
        await expect(page.locator('main')).not.toContainText('Reading…');
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        const found = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        const wrong = found.violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map((node) => node.html)
              .join(' | ')
              .slice(0, 400)}`,
        );
        expect(wrong, name).toEqual([]);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(over, `${name} runs over the window`).toBeLessThanOrEqual(0);
        // Nor is anything cut off within it, but in what says that it is moved sideways.
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll('main :is(button, input, select, textarea, .card, h1, h2)')]
            .filter((one) => !one.closest('[role="region"][tabindex], .unseen'))
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => one.outerHTML.slice(0, 120)),
        );
        expect(cut, `${name} is cut off`).toEqual([]);
      }
    });
  }
}

test('the theme is changed by hand and kept', async ({ page, demo }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await visit(page, demo);
  await page.getByRole('button', { name: 'Use dark colours' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('every control can be reached and seen by keyboard', async ({ page, demo }) => {
  await visit(page, demo);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(
    () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
  );
  expect(outline).not.toBe('none');
});
