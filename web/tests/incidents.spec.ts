import { expect, openDesk, test, visit } from './desk.ts';

test('the list, the map and the timeline show the same incidents', async ({ page, demo }) => {
  await visit(page, demo);
  const strike = page.getByRole('link', {
    name: /Air\/drone strike.*Abu Jubaiha.*9 prints.*4 origins/,
  });
  await expect(strike).toBeVisible();
  await expect(strike).toContainText('1 disputed');
  await expect(strike).toContainText('1 unknown');
  await expect(page.getByRole('application', { name: /^Incidents: \d+ places/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /incidents from .* at most/ })).toBeVisible();
});

test('a filter lives in the address', async ({ page, demo }) => {
  await visit(page, demo);
  await page.getByLabel('Type', { exact: true }).selectOption('Arrests');
  await expect(page).toHaveURL(/type=Arrests/);
  await expect(page.getByRole('link', { name: /Les Cayes/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Abu Jubaiha/ })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('link', { name: /Les Cayes/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Abu Jubaiha/ })).toHaveCount(0);
  await page.getByRole('button', { name: /Type: Arrests/ }).click();
  await expect(page.getByRole('link', { name: /Abu Jubaiha/ })).toBeVisible();
});

test('words, country and days narrow the list', async ({ page, demo }) => {
  await visit(page, demo);
  await page.getByLabel('Filter by words').fill('jubaiha');
  await expect(page.getByText('1 incident', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('button', { name: /More/ }).click();
  await page.getByLabel('Country').fill('hti');
  await expect(page.getByRole('link', { name: /Les Cayes/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Abu Jubaiha/ })).toHaveCount(0);
  await page.getByLabel('Country').fill('');
  await page.getByLabel('From', { exact: true }).fill('2025-06-14');
  await page.getByLabel('Until').fill('2025-06-14');
  await expect(page.getByRole('link', { name: /Abu Jubaiha/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Les Cayes/ })).toHaveCount(0);
});

test('a day of the timeline is a filter', async ({ page, demo }) => {
  await visit(page, demo, '#/incidents?since=2025-06-01&until=2025-06-30');
  const bars = page.getByRole('img', { name: /incidents from/ });
  const box = await bars.boundingBox();
  if (!box) throw new Error('no timeline');
  await page.mouse.move(box.x + box.width - 3, box.y + 20);
  await page.mouse.down();
  await page.mouse.up();
  await expect(page).toHaveURL(/since=2025-06-14&until=2025-06-14/);
  await page.getByRole('button', { name: 'All days' }).click();
  await expect(page).not.toHaveURL(/since/);
});

test('the keyboard walks the list and opens an incident', async ({ page, demo }) => {
  await visit(page, demo);
  await expect(page.getByRole('link', { name: /Abu Jubaiha/ })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator('[data-line="0"] a')).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.locator('[data-line="1"] a')).toBeFocused();
  await page.keyboard.press('k');
  await expect(page.locator('[data-line="0"] a')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/incidents\/i/);
});

test('single-key shortcuts can be switched off', async ({ page, demo }) => {
  await visit(page, demo);
  await page.keyboard.press('?');
  await page.getByLabel('Use single-key shortcuts').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(page.locator('[data-line="0"] a')).not.toBeFocused();
});

test('the map is moved by keyboard, and the list can follow it', async ({ page, demo }) => {
  await visit(page, demo);
  await page.getByLabel('List follows the map').check();
  const map = page.getByRole('application', { name: /^Incidents/ });
  await map.focus();
  await page.keyboard.press('+');
  await expect(page).toHaveURL(/bbox=/);
  await page.keyboard.press('ArrowLeft');
  await page.getByLabel('List follows the map').uncheck();
  await expect(page).not.toHaveURL(/bbox=/);
});

test('a point of the map leads to its incident', async ({ page, demo }) => {
  await visit(page, demo, '#/incidents?q=jubaiha');
  await expect(page.getByText('1 incident', { exact: true })).toBeVisible();
  const map = page.getByRole('application', { name: 'Incidents: 1 place.' });
  await expect(map).toBeVisible();
  const box = await map.boundingBox();
  if (!box) throw new Error('no map');
  // The only incident is in the middle of a map that shows everything.
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.locator('.picked')).toContainText('Air/drone strike');
});

test('what somebody else adds is shown without being asked for', async ({ page }) => {
  const desk = await openDesk();
  try {
    await visit(page, desk);
    await expect(page.getByText('Nothing here yet')).toBeVisible();
    const other = await page.context().newPage();
    await visit(other, desk, '#/add');
    await other
      .getByRole('textbox', { name: 'Text' })
      .fill(
        'Shells hit the grain silo of Pokrovka on Monday and killed five workers, the mayor said.',
      );
    await other.getByLabel('Published').fill('2025-09-02');
    await other.getByRole('button', { name: 'Preview' }).click();
    await other.getByRole('button', { name: 'Keep 1 report' }).click();
    await expect(page.getByText('1 incident', { exact: true })).toBeVisible({ timeout: 20_000 });
  } finally {
    desk.stop();
  }
});

test('what cannot be asked for is told with what can, and is no empty list', async ({
  page,
  demo,
}) => {
  // As the server answers.
  await page.route('**/api/v1/incidents?*country=XQ9*', (route) =>
    route.fulfill({
      status: 400,
      contentType: 'application/problem+json',
      json: {
        type: 'urn:sayso:problem:bad-filter',
        detail: '`XQ9` is not allowed as country',
        field: 'country',
        value: 'XQ9',
        allowed: 'a code of ISO 3166-1 alpha-3, such as SYR or SDN',
      },
    }),
  );
  await visit(page, demo);
  await page.getByRole('button', { name: /^More/ }).click();
  const country = page.getByLabel('Country code');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('country=')) asked.push(request.url());
  });
  await country.pressSequentially('xq', { delay: 400 });
  await country.pressSequentially('9');
  await expect(page.getByText('such as SYR or SDN')).toBeVisible();
  expect(asked.every((url) => url.includes('country=XQ9'))).toBe(true);
  await expect(page.getByText('0 incidents')).toHaveCount(0);
  await expect(page.locator('[data-line]')).toHaveCount(0);
});
