import { test as base } from '@playwright/test';
import type { Session } from '../src/api/types.ts';
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

/** Adds a report as a program does, and gives its headline. */
async function addReport(team: Desk, playwright: typeof import('playwright-core'), title: string) {
  const program = await playwright.request.newContext({ baseURL: team.address });
  const data = { name: 'ana', password: password('ana') };
  const { csrf } = (await (await program.post('api/v1/session', { data })).json()) as Session;
  const text = `Two drivers were held near the bridge of Wadi Sefra on Tuesday, the drivers’ union said. ${title}`;
  const added = await program.post('api/v1/reports', {
    data: { reports: [{ title, text }] },
    headers: { 'x-csrf-token': csrf ?? '' },
  });
  expect(added.status()).toBe(201);
  await program.dispose();
}

test('after a session has ended and another begun, the page follows again', async ({
  page,
  team,
  playwright,
}) => {
  await signIn(page, team, 'rea');
  await page.getByRole('link', { name: 'Reports' }).click();
  await expect(page.locator('main a').first()).toBeVisible();
  // The session ends on the server: the stream is refused when it comes again.
  await page.context().clearCookies();
  await page.route('**/api/v1/events', (route) => route.fulfill({ status: 401, body: '' }));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('Name').fill('rea');
  await page.getByLabel('Password').fill(password('rea'));
  const refused = page.waitForResponse('**/api/v1/events');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await refused;
  await page.context().clearCookies();
  // By the address: where the page has noticed by itself, its links are gone already.
  await page.evaluate(() => {
    location.hash = '#/incidents';
  });
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.unroute('**/api/v1/events');
  await page.getByLabel('Name').fill('rea');
  await page.getByLabel('Password').fill(password('rea'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Reports' }).click();
  await addReport(team, playwright, 'Drivers held at the bridge');
  await expect(page.getByRole('link', { name: 'Drivers held at the bridge' })).toBeVisible();
});

test('a stream that a proxy broke is opened again', async ({ page, team, playwright }) => {
  await page.route('**/api/v1/events', (route) => route.fulfill({ status: 502, body: '' }));
  const broken = page.waitForResponse('**/api/v1/events');
  await signIn(page, team, 'rea');
  await broken;
  await page.unroute('**/api/v1/events');
  await page.getByRole('link', { name: 'Reports' }).click();
  await addReport(team, playwright, 'Drivers freed at the bridge');
  await expect(page.getByRole('link', { name: 'Drivers freed at the bridge' })).toBeVisible();
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

test('somebody changes their own password', async ({ page, team, browser }) => {
  await signIn(page, team, 'ana');
  await page.getByRole('button', { name: 'ana', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Your password' });
  await dialog.getByLabel(/The one that holds/).fill('something else entirely');
  await dialog.getByLabel(/at least 10/).fill('another one, long enough');
  await dialog.getByLabel(/again/).fill('another one, long enough');
  await dialog.getByRole('button', { name: 'Change it' }).click();
  await expect(dialog.getByRole('alert')).toContainText('not your password');
  await dialog.getByLabel(/The one that holds/).fill(password('ana'));
  await dialog.getByRole('button', { name: 'Change it' }).click();
  await expect(page.getByText('Your password is changed.')).toBeVisible();
  // The session goes on.
  await page.reload();
  await expect(page.getByRole('link', { name: /Abu Jubaiha/ })).toBeVisible();
  const other = await (await browser.newContext()).newPage();
  await signIn(other, team, 'ana', 'another one, long enough');
  await expect(other.getByRole('link', { name: /Abu Jubaiha/ })).toBeVisible();
  await other.close();
});
