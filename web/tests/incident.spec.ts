import { addReport, expect, test, visit } from './desk.ts';

test.beforeEach(async ({ page, demo }) => {
  await visit(page, demo);
  await page.getByRole('link', { name: /Air\/drone strike.*Abu Jubaiha/ }).click();
  await expect(page.getByRole('heading', { name: 'Air/drone strike', level: 1 })).toBeVisible();
});

test('findings come first, with who says so and who denies it', async ({ page }) => {
  const who = page.locator('#finding-who-did-it');
  await expect(who).toContainText('Disputed');
  await expect(who.getByText('For', { exact: true })).toBeVisible();
  await expect(who.getByText('Against', { exact: true })).toBeVisible();
  const missing = page.locator('#finding-missing');
  await expect(missing).toContainText('Not known');
  await expect(missing).toContainText('Unknown');
  // Unknown is not zero.
  await expect(missing).not.toContainText(/\b0\b/);
  const killed = page.locator('#finding-killed');
  await expect(killed.getByText(/earlier answers?, replaced/)).toBeVisible();
});

test('a figure shows the exact words, lit in the report', async ({ page }) => {
  const value = page.locator('#finding-killed').getByTitle('See the exact words').first();
  await value.click();
  const words = page.getByRole('region', { name: 'The exact words' });
  await expect(words).toContainText('How many were killed?');
  await expect(words.locator('mark').first()).toContainText(/people/i);
  await expect(words.locator('mark').first()).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(words).toHaveCount(0);
  await expect(value).toBeFocused();
});

test('passages are gone through one by one, and lead to their report', async ({ page }) => {
  await page.locator('#finding-happened').getByTitle('See the exact words').first().click();
  const words = page.getByRole('region', { name: 'The exact words' });
  await expect(words).toContainText(/1 of \d+/);
  await words.getByRole('button', { name: 'Next passage' }).click();
  await expect(words).toContainText(/2 of \d+/);
  await words.getByRole('link', { name: 'Open the report' }).click();
  await expect(page).toHaveURL(/#\/reports\//);
  await expect(page.locator('mark, .lit').first()).toBeInViewport();
});

test('nine prints are four origins, and the page says why', async ({ page }) => {
  await page.getByRole('button', { name: /9 prints, 4 origins/ }).click();
  const why = page.getByRole('region', { name: 'Prints and origins' });
  await expect(why).toContainText('One text, printed by several outlets.');
  await why
    .getByRole('button', { name: /shares \d+ words with/ })
    .first()
    .click();
  const words = page.getByRole('region', { name: 'The exact words' });
  await expect(words).toContainText('words that two prints share');
  await expect(words.locator('mark').first()).toBeVisible();
});

test('the matrix has a row an origin and a column a finding', async ({ page }) => {
  const matrix = page.getByRole('region', { name: 'Origins against findings' });
  await expect(matrix.getByRole('row')).toHaveCount(5);
  await expect(matrix.getByRole('columnheader', { name: /Killed/ })).toBeVisible();
  await matrix
    .getByRole('button', { name: /denies it/ })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'The exact words' })).toContainText('Who did it?');
});

test('the slider moves the page through what was known when', async ({ page }) => {
  await expect(page.locator('#finding-who-did-it')).toContainText('Disputed');
  const slider = page.getByRole('slider', { name: 'As of' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(page).toHaveURL(/at=2025-06-14/);
  await expect(page.getByText('1 of 9 prints')).toBeVisible();
  await expect(page.locator('#finding-who-did-it')).not.toContainText('Disputed');
  await expect(page.locator('#finding-who-did-it')).toContainText('Now: disputed');
  await expect(page.locator('#finding-killed .figure')).toHaveText('11');
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page.locator('#finding-who-did-it')).toContainText('Disputed');
});

test('what was recorded is another time than what was published', async ({ page }) => {
  await page.getByRole('button', { name: 'Recorded' }).click();
  await expect(page).toHaveURL(/by=recorded/);
  await expect(page.getByText('Everything known now')).toBeVisible();
});

test('the map shows an area, since the place is only a district', async ({ page }) => {
  const map = page.locator('aside').getByRole('application', { name: /Where it happened/ });
  await expect(map).toBeVisible();
  await expect(page.locator('aside')).toContainText('somewhere in the district');
});

test('two places that are told are both shown', async ({ page }) => {
  await page.getByRole('link', { name: 'Incidents', exact: true }).first().click();
  await page.getByRole('link', { name: /Abduction.*Ibi/ }).click();
  const aside = page.locator('aside');
  await expect(aside).toContainText('2 answers:');
  await expect(aside).toContainText('Taraba State');
  await expect(aside).toContainText('Ibi (town or village)');
  await expect(
    aside.getByRole('application', { name: 'Where it happened: 2 places.' }),
  ).toBeVisible();
});

test('a report is split off and merged again, with a reason', async ({ page }) => {
  await page.getByRole('button', { name: 'Split…' }).click();
  await page.getByLabel(/Take out the report of National Voice/).check();
  await page.getByRole('button', { name: 'Split off 1' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Split off' })).toBeDisabled();
  await dialog.getByLabel('Why?').fill('Another strike is meant');
  await dialog.getByRole('button', { name: 'Split off' }).click();
  await expect(page.getByRole('button', { name: /8 prints/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'History' })).toContainText(
    'Another strike is meant',
  );

  await page.getByRole('button', { name: 'Merge…' }).click();
  const merge = page.getByRole('dialog');
  await merge.getByRole('checkbox').first().check();
  await merge.getByLabel('Why?').fill('The same strike after all');
  await merge.getByRole('button', { name: /Merge 2 incidents/ }).click();
  await expect(page.getByRole('button', { name: /9 prints/ })).toBeVisible();
});

test('a mark on an origin is removed again, with a reason', async ({ page }) => {
  await page.getByRole('button', { name: /9 prints, 4 origins/ }).click();
  const why = page.getByRole('region', { name: 'Prints and origins' });
  const decide = async (name: string, reason: string, then: string) => {
    await why.getByRole('button', { name }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why?').fill(reason);
    await dialog.getByRole('button', { name: then }).click();
    await expect(dialog).toHaveCount(0);
  };
  await decide('Mark as unreliable…', 'It was not there', 'Mark as unreliable');
  await expect(why).toContainText('Marked as unreliable.');
  await decide('Remove the mark…', 'It was there after all', 'Remove the mark');
  await expect(why).not.toContainText('Marked as unreliable.');
});

test('what cannot be read for a moment stays as it was', async ({ page, demo }) => {
  await page.route('**/api/v1/incidents/**', (route) => route.fulfill({ status: 503, body: '{}' }));
  const refused = page.waitForResponse((answer) => answer.status() === 503);
  await addReport(page, demo, {
    id: 'ferry-9',
    text: 'Six ferry workers were held at Kalemie on Thursday, the boatmen’s union said.',
  });
  await refused;
  await expect(page.getByRole('heading', { name: 'Air/drone strike', level: 1 })).toBeVisible();
  await expect(page.getByText('There is no such incident')).toHaveCount(0);

  // Whoever comes anew is told what the matter is, and tries again.
  await page.reload();
  await expect(page.getByText('The incident could not be read')).toBeVisible();
  await page.unroute('**/api/v1/incidents/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Air/drone strike', level: 1 })).toBeVisible();
});
