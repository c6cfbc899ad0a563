import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, openDesk, reports, samples, test, visit } from './desk.ts';

/** Drops files on an element as a person does. */
async function drop(page: import('@playwright/test').Page, files: string[]) {
  const transfer = await page.evaluateHandle(
    (all) => {
      const data = new DataTransfer();
      for (const { name, text } of all) data.items.add(new File([text], name));
      return data;
    },
    files.map((file) => ({
      name: file.split('/').at(-1) ?? file,
      text: readFileSync(file, 'utf8'),
    })),
  );
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: transfer });
}

test('from dropped files to a published GeoJSON', async ({ page }) => {
  test.setTimeout(240_000);
  const desk = await openDesk();
  try {
    await visit(page, desk);
    await expect(page.getByText('Nothing here yet')).toBeVisible();
    await page.getByRole('link', { name: 'Add reports' }).click();

    // A preview keeps nothing, and says what is wrong with which line.
    await drop(page, [join(samples, 'three-incidents.jsonl'), join(reports, 'broken.jsonl')]);
    await expect(page.getByRole('heading', { name: '15 reports to keep' })).toBeVisible();
    const refused = page.getByRole('region', { name: 'Not taken in' });
    await expect(refused).toContainText('broken.jsonl, line 2');
    await expect(refused).toContainText('published');
    await expect(refused).toContainText('the fourteenth');
    await page.getByRole('link', { name: 'Incidents', exact: true }).click();
    await expect(page.getByText('Nothing here yet')).toBeVisible();

    await page.getByRole('link', { name: 'Add', exact: true }).click();
    await drop(page, [join(samples, 'three-incidents.jsonl'), join(reports, 'broken.jsonl')]);
    await page.getByRole('button', { name: 'Keep 15 reports' }).click();
    await expect(page.getByText('15 reports kept.')).toBeVisible();

    // What was kept is coded, and stands in the list without being asked for.
    await page.getByRole('link', { name: 'Incidents', exact: true }).click();
    const strike = page.getByRole('link', { name: /Abu Jubaiha.*9 prints.*4 origins/ });
    await expect(strike).toBeVisible({ timeout: 60_000 });
    await strike.click();
    await page.locator('#finding-killed').getByTitle('See the exact words').first().click();
    await expect(
      page.getByRole('region', { name: 'The exact words' }).locator('mark'),
    ).toBeVisible();

    await page.getByRole('link', { name: 'Publish…' }).click();
    await expect(page.getByText('1 incident chosen')).toBeVisible();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await expect(page.locator('.out')).not.toContainText('Looking');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Export \d+ incidents$/ }).click();
    const file = await (await download).path();
    const map = JSON.parse(readFileSync(file, 'utf8')) as {
      type: string;
      features: { type: string; geometry: { type: string } | null }[];
    };
    expect(map.type).toBe('FeatureCollection');
    expect(map.features.length).toBeGreaterThanOrEqual(3);
    expect(map.features.every((feature) => feature.type === 'Feature')).toBe(true);

    // An import is taken back whole.
    await page.getByRole('link', { name: 'Add', exact: true }).click();
    await page
      .getByRole('button', { name: /^Undo the import/ })
      .first()
      .click();
    await expect(page.getByText(/taken back \d/)).toBeVisible();
    await page.getByRole('link', { name: 'Incidents', exact: true }).click();
    await expect(page.getByText('Nothing here yet')).toBeVisible({ timeout: 20_000 });
  } finally {
    desk.stop();
  }
});

test('what was pasted is previewed and kept', async ({ page }) => {
  const desk = await openDesk();
  try {
    await visit(page, desk, '#/add');
    await page
      .getByRole('textbox', { name: 'Text' })
      .fill(
        'Gunmen killed four farmers near Kidira on Tuesday, the mayor said. The army denied that any farmer was hurt.',
      );
    await page.getByLabel('Outlet').fill('The Delta Record');
    await page.getByLabel('Published').fill('2025-08-06');
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(page.getByText(/\d statements?, \d events?/)).toBeVisible();
    await page.getByRole('button', { name: 'Keep 1 report' }).click();
    await expect(page.getByText('1 report kept.')).toBeVisible();
    // The same report again is known.
    await page
      .getByRole('textbox', { name: 'Text' })
      .fill(
        'Gunmen killed four farmers near Kidira on Tuesday, the mayor said. The army denied that any farmer was hurt.',
      );
    await page.getByLabel('Outlet').fill('The Delta Record');
    await page.getByLabel('Published').fill('2025-08-06');
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(page.getByText('Known before')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Keep 0 reports' })).toBeDisabled();
  } finally {
    desk.stop();
  }
});
