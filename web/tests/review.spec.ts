import type { Page } from '@playwright/test';
import type { QueueItem, ReportView, Session } from '../src/api/types.ts';
import { type Desk, expect, openDesk, samples, test, visit } from './desk.ts';

const left = (page: Page) => page.getByRole('status').filter({ hasText: 'left' });
const current = (page: Page) => page.locator('.queue [aria-current="true"]');

async function questions(page: Page, desk: Desk): Promise<QueueItem[]> {
  const address = new URL('/api/v1/review-queue?limit=1000', desk.address).href;
  const answer = await page.request.get(address);
  return ((await answer.json()) as { items: QueueItem[] }).items;
}

async function reviewsOf(page: Page, desk: Desk, id: string) {
  const address = new URL(`/api/v1/reports/${id}`, desk.address).href;
  return ((await (await page.request.get(address)).json()) as ReportView).reviews;
}

test('the queue is worked through by keyboard alone', async ({ page }) => {
  const desk = await openDesk([`${samples}/three-incidents.jsonl`]);
  try {
    await visit(page, desk, '#/review');
    await expect(left(page)).toBeVisible();
    const start = Number.parseInt(await left(page).innerText(), 10);
    expect(start).toBeGreaterThan(5);
    await expect(page.locator('.lit').first()).toBeInViewport();

    await page.keyboard.press('a');
    await expect(left(page)).toContainText('1 decided');
    await page.keyboard.press('r');
    await expect(left(page)).toContainText('2 decided');
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
    await expect(left(page)).toBeVisible();
    expect(Number.parseInt(await left(page).innerText(), 10)).toBeLessThan(start);
  } finally {
    desk.stop();
  }
});

test('what is taken back is the decision that was made last, on its own report', async ({
  page,
}) => {
  const desk = await openDesk([`${samples}/three-incidents.jsonl`]);
  try {
    await visit(page, desk, '#/review');
    await expect(left(page)).toBeVisible();
    const all = await questions(page, desk);
    // After this one, another report is asked about.
    const at = all.findIndex((item, n) => n > 0 && item.report !== all[n + 1]?.report);
    const [first, next] = [all[at], all[at + 1]];
    if (!first || !next) throw new Error('the samples have one report only');

    // Another person has decided on that one before.
    const session = await page.request.get(new URL('/api/v1/session', desk.address).href);
    const csrf = ((await session.json()) as Session).csrf ?? '';
    const report = new URL(`/api/v1/reports/${next.report}`, desk.address).href;
    const { etag } = (await (await page.request.get(report)).json()) as ReportView;
    const theirs = await page.request.post(`${report}/reviews`, {
      data: { finding: next.finding, field: 'certainty', ruling: 'accept' },
      headers: { 'x-csrf-token': csrf, 'if-match': `"${etag}"` },
    });
    expect(theirs.status(), await theirs.text()).toBe(201);

    for (let n = 0; n < at; n++) await page.keyboard.press('n');
    await expect(current(page)).toContainText(first.quote);
    await page.keyboard.press('a');
    await expect(left(page)).toContainText('1 decided');
    await expect(current(page)).toContainText(next.quote);
    await page.keyboard.press('u');
    await expect(page.getByText('Taken back.')).toBeVisible();
    await expect(left(page)).not.toContainText('decided');
    await expect(current(page)).toContainText(first.quote);
    const standing = async (id: string) =>
      (await reviewsOf(page, desk, id)).map((review) => `${review.ruling} ${review.standing}`);
    expect(await standing(first.report)).toEqual(['accept retracted', 'retract holds']);
    expect(await standing(next.report)).toEqual(['accept holds']);

    // There is nothing more of this sitting, and others' decisions are left alone.
    await page.keyboard.press('u');
    await expect(page.getByText('You have decided nothing here')).toBeVisible();
    expect(await standing(next.report)).toEqual(['accept holds']);

    await page.keyboard.press('r');
    await expect(left(page)).toContainText('1 decided');
    await page
      .locator('.toast')
      .filter({ hasText: 'Rejected' })
      .getByRole('button', { name: 'Undo' })
      .click();
    await expect(left(page)).not.toContainText('decided');
    expect((await standing(first.report)).slice(-2)).toEqual(['reject retracted', 'retract holds']);
    expect(await standing(next.report)).toEqual(['accept holds']);
  } finally {
    desk.stop();
  }
});

test('every question is reached, none comes twice, and quick keys lose none', async ({ page }) => {
  const desk = await openDesk([`${samples}/three-incidents.jsonl`]);
  try {
    // As if the queue were longer than what is fetched at once.
    await page.route('**/api/v1/review-queue?*', (route) =>
      route.continue({ url: route.request().url().replace('limit=100', 'limit=12') }),
    );
    await page.route('**/reviews', async (route) => {
      await new Promise((done) => setTimeout(done, 700));
      await route.continue();
    });
    await visit(page, desk, '#/review');
    await expect(left(page)).toBeVisible();
    const all = await questions(page, desk);
    expect(all.length).toBeGreaterThan(30);
    const quotes = page.locator('.queue li .words');
    await expect(current(page)).toContainText(all[0]?.quote ?? '');
    await expect(page.locator('.lit').first()).toBeVisible();

    // Whoever goes on before the answer is there decides on one, and keeps the next.
    await page.keyboard.press('a');
    await page.keyboard.press('n');
    await expect(left(page)).toContainText('1 decided');
    await expect(current(page)).toContainText(all[1]?.quote ?? '');
    await expect(quotes.first()).toHaveText(all[1]?.quote.trim() ?? '');

    const rest = all.slice(1);
    for (let n = 0; n < rest.length + 5; n++) {
      await page.keyboard.press('n');
      // What comes next is fetched ahead, but not faster than the keys of a machine.
      if (n % 6 === 0) await page.waitForTimeout(150);
    }
    await expect(quotes).toHaveText(rest.map((item) => item.quote.trim()));
    await expect(current(page)).toContainText(rest.at(-1)?.quote ?? '');
  } finally {
    desk.stop();
  }
});

test('an undo that comes before the answer takes back what is on its way, and nothing else', async ({
  page,
}) => {
  const desk = await openDesk([`${samples}/three-incidents.jsonl`]);
  try {
    let isDown = false;
    await page.route('**/reviews', async (route) => {
      await new Promise((done) => setTimeout(done, 1500));
      if (isDown) await route.fulfill({ status: 503, json: { detail: 'nobody is there' } });
      else await route.continue();
    });
    await visit(page, desk, '#/review');
    await expect(left(page)).toBeVisible();
    const [first, second] = await questions(page, desk);
    if (!first || !second) throw new Error('the samples ask for nothing');
    const of = async ({ report, finding }: { report: string; finding: string }) =>
      (await reviewsOf(page, desk, report))
        .filter((review) => review.finding === finding)
        .map((review) => `${review.ruling} ${review.standing}`);

    await page.keyboard.press('a');
    await expect(left(page)).toContainText('1 decided');
    await expect(current(page)).toContainText(second.quote);
    await page.keyboard.press('r');
    await page.keyboard.press('u');
    await expect(page.getByText('Taken back.')).toBeVisible();
    await expect(left(page)).toContainText('1 decided');
    await expect(current(page)).toContainText(second.quote);
    expect(await of(first)).toEqual(['accept holds']);
    expect(await of(second)).toEqual(['reject retracted', 'retract holds']);

    // Where it was not decided after all, what was decided before it stays.
    isDown = true;
    await page.keyboard.press('r');
    await page.keyboard.press('u');
    await expect(page.getByText('there is nothing to take back')).toBeVisible();
    expect(await of(first)).toEqual(['accept holds']);
  } finally {
    desk.stop();
  }
});
