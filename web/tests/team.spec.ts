import { test as base } from '@playwright/test';
import { type Desk, expect, openTeam, password, samples } from './desk.ts';

const test = base.extend<object, { team: Desk }>({
  team: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const users = { rea: 'reader', ana: 'analyst', edi: 'editor', ada: 'admin' };
      const team = await openTeam([`${samples}/three-incidents.jsonl`], users);
      await use(team);
      team.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
});

async function signIn(
  page: import('@playwright/test').Page,
  team: Desk,
  name: string,
  word = password(name),
) {
  await page.goto(team.address);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(word);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('nothing is seen before somebody signs in', async ({ page, team }) => {
  await page.goto(`${team.address}#/incidents`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link')).toHaveCount(0);
});

test('a wrong password is told, and which of both is wrong is not', async ({ page, team }) => {
  await signIn(page, team, 'ana', 'something else entirely');
  await expect(page.getByRole('alert')).not.toBeEmpty();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('a reader reads and is offered nothing else', async ({ page, team }) => {
  await signIn(page, team, 'rea');
  await expect(page.getByRole('link', { name: /Abu Jubaiha/ })).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link')).toHaveText(['Incidents', 'Reports']);
  await page.getByRole('link', { name: /Abu Jubaiha/ }).click();
  await expect(page.getByRole('button', { name: 'Merge…' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('an administrator adds a user, who can sign in', async ({ page, team, browser }) => {
  await signIn(page, team, 'ada');
  await page.getByRole('link', { name: 'Users' }).click();
  await page.getByLabel('Name').fill('ines');
  await page.getByLabel(/Password/).fill(password('ines'));
  await page.locator('form select').selectOption('editor');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByLabel('Role of ines')).toHaveValue('editor');
  await expect(page.getByRole('region', { name: 'Audit' })).toContainText('POST');
  const other = await (await browser.newContext()).newPage();
  await signIn(other, team, 'ines');
  await expect(other.getByRole('link', { name: 'Publish' })).toBeVisible();
  await other.close();
});
