import { expect, test, visit } from './desk.ts';

test('marks stand on the words, and show their rule', async ({ page, demo }) => {
  await visit(page, demo, '#/reports/market-1');
  const event = page.getByRole('button', { name: 'fired two missiles (event)' });
  await event.hover();
  await expect(page.locator('.why')).toContainText('Event');
  await expect(page.locator('.why code').first()).not.toBeEmpty();
  await event.focus();
  await expect(page.locator('.why')).toContainText('Event');
});

test('marks are one stop of the keyboard, and arrows go through them', async ({ page, demo }) => {
  await visit(page, demo, '#/reports/market-1');
  await expect(page.locator('.text [tabindex="0"]')).toHaveCount(1);
  const first = page.locator('.text [data-stop]').first();
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.text [data-stop]').nth(1)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(first).toBeFocused();
  await page.locator('.text .event').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Event' })).toBeVisible();
});

test('kinds of marks are switched off', async ({ page, demo }) => {
  await visit(page, demo, '#/reports/market-1');
  const places = page.getByRole('button', { name: /Rashad \(place\)/ });
  await expect(places).toBeVisible();
  await page
    .getByRole('group', { name: 'Marks that are shown' })
    .getByRole('button', { name: 'Place' })
    .click();
  await expect(places).toHaveCount(0);
});

test('a field is corrected in place and taken back', async ({ page, demo }) => {
  await visit(page, demo, '#/reports/priest-1');
  await page.locator('.text .event').last().click();
  const panel = page.getByRole('region', { name: 'Event' });
  const before = await panel.locator('.row', { hasText: 'Status' }).locator('.value').innerText();
  await panel.getByRole('button', { name: 'Correct Status' }).click();
  await panel.getByLabel('Status').selectOption('alleged');
  await expect(panel.locator('.row', { hasText: 'Status' })).toContainText('Alleged');
  await expect(panel.locator('.row', { hasText: 'Status' })).toContainText('by hand');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(panel.locator('.row', { hasText: 'Status' }).locator('.value')).toHaveText(before);
});

test('corrections that follow each other quickly are all kept', async ({ page, demo }) => {
  await page.route('**/reviews', async (route) => {
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue();
  });
  await visit(page, demo, '#/reports/march-1');
  await page.locator('.text .cue').first().click();
  const panel = page.getByRole('region', { name: 'Statement' });
  const value = (field: string) =>
    panel.locator('.row', { hasText: field }).locator('.value').first();
  await panel.getByRole('button', { name: 'Correct Act' }).click();
  await panel.getByLabel('Act').selectOption('accuse');
  // The first is still on its way.
  await panel.getByRole('button', { name: 'Correct Certainty' }).click();
  await panel.getByLabel('Certainty').selectOption('possible');
  await expect(value('Act')).toHaveText('Accuse');
  await expect(value('Certainty')).toHaveText('Possible');
  await page.reload();
  await expect(value('Act')).toHaveText('Accuse');
  await expect(value('Certainty')).toHaveText('Possible');
});

test('what was added is taken back on the report that it was added to', async ({ page, demo }) => {
  await visit(page, demo, '#/reports/march-3');
  const words = page.locator('.text p').last().locator('span').last();
  await words.evaluate((span) => {
    getSelection()?.selectAllChildren(span);
  });
  const bar = page.getByRole('group', { name: 'What to do with the selected words' });
  await bar.getByRole('button', { name: 'New statement' }).click();
  const panel = page.getByRole('region', { name: 'New statement' });
  await panel.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText('Added the statement.')).toBeVisible();
  await page.goto(new URL('#/reports/march-2', page.url()).href);
  await expect(page.getByText('Added the statement.')).toBeVisible();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back.')).toBeVisible();
  await page.goto(new URL('#/reports/march-3', page.url()).href);
  await expect(page.getByRole('button', { name: /by hand/ })).toHaveCount(0);
});

test('a toll, a date and a place are corrected', async ({ page, demo }) => {
  await visit(page, demo, '#/reports/priest-2');
  await page.locator('.text .toll').first().click();
  const panel = page.getByRole('region', { name: 'Event' });
  await panel.getByRole('button', { name: 'Correct Tolls' }).click();
  await panel.getByLabel('At least').first().fill('3');
  await panel.getByLabel('At most').first().fill('3');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.locator('.row', { hasText: 'Tolls' })).toContainText('3 abducted');
  await panel.getByRole('button', { name: 'Correct Date' }).click();
  await panel.getByLabel('First day').fill('2025-06-07');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.locator('.row', { hasText: 'Date' })).toContainText('7');
  await panel.getByRole('button', { name: 'Correct Place' }).click();
  await panel.getByRole('textbox', { name: 'Name' }).fill('Ibi');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.locator('.row', { hasText: 'Place' })).toContainText('Ibi');
});

test('other words are chosen with the pointer and word by word', async ({ page, demo }) => {
  await visit(page, demo, '#/reports/march-2');
  await page.locator('.text .cue').first().click();
  const panel = page.getByRole('region', { name: 'Statement' });
  await panel.getByRole('button', { name: 'Correct Content' }).click();
  await panel.getByRole('button', { name: 'Other words' }).first().click();
  const chosen = panel.locator('.chooser .words');
  const before = await chosen.innerText();
  await panel.getByRole('button', { name: 'Start a word later' }).click();
  const after = await chosen.innerText();
  expect(before.endsWith(after)).toBe(true);
  expect(after.length).toBeLessThan(before.length);
  await panel.getByRole('button', { name: 'Use these words' }).click();
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.locator('.row', { hasText: 'Content' })).toContainText(after);
});

test('what was missed is added from selected words, marked and taken back', async ({
  page,
  demo,
}) => {
  await visit(page, demo, '#/reports/market-2');
  const words = page.locator('.text p').last().locator('span').last();
  const quote = (await words.innerText()).trim();
  await words.evaluate((span) => {
    getSelection()?.selectAllChildren(span);
  });
  const bar = page.getByRole('group', { name: 'What to do with the selected words' });
  await bar.getByRole('button', { name: 'New event' }).click();
  const panel = page.getByRole('region', { name: 'New event' });
  await expect(panel).toContainText(quote);
  await expect(panel.getByRole('button', { name: 'Add' })).toBeDisabled();
  await panel.getByLabel('Type').selectOption('Arrests');
  await panel.getByLabel('Reason').fill('the program did not see it');
  await panel.getByRole('button', { name: 'Add' }).click();
  const event = page.getByRole('region', { name: 'Event', exact: true });
  await expect(event).toContainText('Added by hand by ada');
  await expect(event.locator('.row', { hasText: 'Type' })).toContainText('Arrests');

  // What is added is corrected like anything else.
  await event.getByRole('button', { name: 'Correct Date' }).click();
  await event.getByLabel('First day').fill('2025-06-14');
  await event.getByRole('button', { name: 'Save' }).click();
  await expect(event.locator('.row', { hasText: 'Date' })).toContainText('14 Jun 2025');
  await event.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: /Arrests by hand/ })).toBeVisible();
  await page.getByRole('button', { name: 'Take back what was added' }).click();
  await expect(page.getByText('Taken back.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Arrests by hand/ })).toHaveCount(0);
});

test('a statement is added with its speaker, without a pointer', async ({ page, demo }) => {
  await visit(page, demo, '#/reports/market-3');
  await page.getByRole('button', { name: 'New statement' }).focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'New statement' });
  for (const part of ['Content', 'Speaker']) {
    await panel.getByRole('button', { name: `Choose ${part}` }).press('Enter');
    await panel.getByRole('button', { name: 'Add words' }).press('Enter');
    await panel.getByRole('button', { name: 'Begin at the first word' }).press('Enter');
    await panel.getByRole('button', { name: 'Use these words' }).press('Enter');
    await panel.getByRole('button', { name: 'Save' }).press('Enter');
  }
  await panel.getByLabel('Act').selectOption('deny');
  await panel.getByRole('button', { name: 'Add', exact: true }).press('Enter');
  const statement = page.getByRole('region', { name: 'Statement', exact: true });
  await expect(statement).toContainText('Added by hand by ada');
  await expect(statement.locator('.row', { hasText: 'Act' })).toContainText('Deny');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(statement).toHaveCount(0);
});

test('who was first is told, and nothing is lost', async ({ page, demo, context }) => {
  await visit(page, demo, '#/reports/march-3');
  const other = await context.newPage();
  await visit(other, demo, '#/reports/march-3');
  for (const one of [page, other]) await one.locator('.text .event').first().click();
  const panel = (one: typeof page) => one.getByRole('region', { name: 'Event' });
  // Both write at the same time.
  for (const one of [page, other]) {
    await panel(one).getByRole('button', { name: 'Correct Status' }).click();
  }
  await panel(page).getByLabel('Status').selectOption('disputed');
  await expect(page.getByText('Corrected status.')).toBeVisible();
  await panel(other).getByLabel('Status').selectOption('planned');
  const dialog = other.getByRole('dialog', { name: 'Somebody else was first' });
  await expect(dialog).toContainText('Disputed');
  await expect(dialog).toContainText('Planned');
  await dialog.getByRole('button', { name: 'Leave it as it is now' }).click();
  const status = other
    .getByRole('region', { name: 'Event' })
    .locator('.row', { hasText: 'Status' });
  await expect(status).toContainText('Disputed');
  await other.close();
});

test('a report that is written from right to left is read so', async ({ page, demo }) => {
  await visit(page, demo, '#/reports/taiz-mine-ar');
  const first = page.locator('.text p').first();
  await expect(first).toHaveAttribute('dir', 'auto');
  expect(await first.evaluate((p) => getComputedStyle(p).direction)).toBe('rtl');
  const heading = page.getByRole('heading', { level: 1 });
  expect(await heading.evaluate((h) => getComputedStyle(h).direction)).toBe('rtl');
  // The page around it stays as it is.
  expect(await page.locator('main').evaluate((m) => getComputedStyle(m).direction)).toBe('ltr');
});

test('what is not seen or turns the line is shown for what it is', async ({ page, demo }) => {
  await page.route('**/api/v1/reports/market-1', async (route) => {
    const answer = await route.fetch();
    const view = (await answer.json()) as { text: string; report: { title: string } };
    view.text += ' So said Kau\u200bra \u202eNuri.';
    view.report.title = 'Kau\u200bra speaks';
    await route.fulfill({ response: answer, json: view });
  });
  await visit(page, demo, '#/reports/market-1');
  const odd = page.locator('.text .odd');
  await expect(odd).toHaveCount(2);
  await expect(odd.first()).toHaveAttribute('data-code', 'U+200B');
  await expect(odd.last()).toHaveAttribute('data-code', 'U+202E');
  expect(await odd.last().evaluate((o) => getComputedStyle(o).unicodeBidi)).toBe('isolate');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kau⟨U+200B⟩ra speaks');
});

test('markup in a report is text', async ({ page, demo }) => {
  await visit(page, demo, '#/add');
  const text =
    'Two people were killed in Rashad on Monday, police said. <img src=x onerror="document.title=1"> <b>Bold</b>.';
  await page.getByRole('textbox', { name: 'Text' }).fill(text);
  await page.getByLabel('Published').fill('2025-07-01');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.locator('main')).toContainText('<b>Bold</b>');
  await expect(page.locator('main img')).toHaveCount(0);
  await page.getByRole('button', { name: 'Discard' }).click();
});

test('words of all reports are searched', async ({ page, demo }) => {
  await visit(page, demo, '#/reports?q=water%20tower');
  await expect(page.getByText(/reports? with all of these words/)).toBeVisible();
  await page.locator('.hits a').first().click();
  await expect(page.locator('.lit').first()).toContainText(/water|tower/i);
});
