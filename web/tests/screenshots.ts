import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test, visit } from './desk.ts';
import { small } from './png.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/screenshots');

interface Picture {
  name: string;
  at: string;
  size?: [number, number];
  theme?: 'light' | 'dark';
  /** What is opened first. */
  open?: (page: import('@playwright/test').Page) => Promise<void>;
}

const strike = async (page: import('@playwright/test').Page) => {
  await page.getByRole('link', { name: /Abu Jubaiha/ }).click();
  await page.locator('#finding-who-did-it').getByTitle('See the exact words').first().click();
  await expect(page.locator('mark').first()).toBeVisible();
  await page.evaluate(() => {
    scrollTo(0, 0);
  });
};

const PICTURES: Picture[] = [
  { name: 'incidents', at: '#/incidents' },
  { name: 'incident', at: '#/incidents', size: [1280, 960], open: strike },
  {
    name: 'incident-dark',
    at: '#/incidents',
    size: [1280, 960],
    theme: 'dark',
    open: async (page) => {
      await page.getByRole('link', { name: /Abu Jubaiha/ }).click();
      await page.getByRole('button', { name: /9 prints, 4 origins/ }).click();
    },
  },
  {
    name: 'report',
    at: '#/reports/market-1',
    size: [1280, 900],
    open: async (page) => {
      await page.locator('.text .event').first().click();
    },
  },
  {
    name: 'add-by-hand',
    at: '#/reports/market-2',
    size: [1280, 900],
    open: async (page) => {
      await page
        .locator('.text p')
        .nth(1)
        .locator('span')
        .first()
        .evaluate((span) => {
          getSelection()?.selectAllChildren(span);
        });
      const bar = page.getByRole('group', { name: 'What to do with the selected words' });
      await bar.getByRole('button', { name: 'New event' }).click();
      await page.getByLabel('Type').selectOption('Arrests');
    },
  },
  { name: 'review', at: '#/review' },
  {
    name: 'publish',
    at: '#/publish',
    size: [1280, 900],
    open: async (page) => {
      await expect(page.locator('.out')).toContainText(/items? left out/);
    },
  },
  {
    name: 'incident-phone',
    at: '#/incidents',
    size: [390, 844],
    open: async (page) => {
      await page.getByRole('link', { name: /Abu Jubaiha/ }).click();
      await page.locator('#finding-who-did-it').scrollIntoViewIfNeeded();
    },
  },
];

for (const { name, at, size, theme = 'light', open } of PICTURES) {
  const [width, height] = size ?? [1280, 800];
  test(name, async ({ page, demo }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    await visit(page, demo, at);
    await expect(page.locator('main')).not.toContainText('Reading…');
    await open?.(page);
    // The details of the map come after the page.
    await page.waitForTimeout(1500);
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, `${name}.png`), small(await page.screenshot()));
  });
}
