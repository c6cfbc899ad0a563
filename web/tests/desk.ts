/** Starts the program for a test, and opens its page in the browser. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import type { Session } from '../src/api/types.ts';

const web = resolve(import.meta.dirname, '..');
export const samples = resolve(web, '../samples');
export const reports = join(import.meta.dirname, 'reports');
export const binary = process.env.SAYSO_BIN ?? resolve(web, '../target/debug/sayso');

/** With `SAYSO_PAGE=dist` the page comes from `dist/` instead of from the program. */
const page = process.env.SAYSO_PAGE === 'dist' ? ['--page', join(web, 'dist')] : [];

export interface Desk {
  /** Opens the desk for whoever has this address. */
  address: string;
  folder: string;
  stop: () => void;
}

function started(child: ChildProcess, line: RegExp): Promise<string> {
  return new Promise((done, failed) => {
    let said = '';
    const heard = (bytes: Buffer) => {
      said += bytes.toString();
      const found = line.exec(said);
      if (found) done(found[0]);
    };
    child.stdout?.on('data', heard);
    child.stderr?.on('data', heard);
    child.once('error', failed);
    child.once('exit', () => {
      failed(new Error(`the program ended: ${said}`));
    });
  });
}

/** A desk of one's own over a ledger with these files in it; `options` say what they are. */
export async function openDesk(files: string[] = [], options: string[] = []): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'sayso-desk-'));
  const ledger = join(folder, 'desk.db');
  if (files.length > 0) {
    const added = spawnSync(binary, ['add', '--ledger', ledger, ...options, ...files], {
      encoding: 'utf8',
    });
    if (added.status !== 0) throw new Error(`sayso add: ${added.stderr}`);
  }
  const child = spawn(binary, ['desk', '--no-open', '--by', 'ada', '--ledger', ledger, ...page], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await started(child, /http:\/\/127\.0\.0\.1:\d+\/open\?key=\S+/);
  return {
    address,
    folder,
    stop: () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A team's desk with a user of each role; passwords are `of NAME, long enough`. */
export async function openTeam(files: string[], users: Record<string, string>): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'sayso-team-'));
  const ledger = join(folder, 'team.db');
  const run = (args: string[], input = '') => {
    const done = spawnSync(binary, args, { encoding: 'utf8', input });
    if (done.status !== 0) throw new Error(`sayso ${args.join(' ')}: ${done.stderr}`);
  };
  run(['add', '--ledger', ledger, ...files]);
  for (const [name, role] of Object.entries(users)) {
    run(['users', 'add', name, '--role', role, '--ledger', ledger], `${password(name)}\n`);
  }
  const port = String(20_000 + (process.pid % 20_000));
  const child = spawn(
    binary,
    ['serve', '--ledger', ledger, '--listen', `127.0.0.1:${port}`, ...page],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const address = `http://127.0.0.1:${port}/`;
  child.stderr.resume();
  await expect
    .poll(
      () =>
        fetch(`${address}api/v1/session`).then(
          (answer) => answer.status,
          () => 0,
        ),
      {
        timeout: 60_000,
      },
    )
    .toBe(200);
  return {
    address,
    folder,
    stop: () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const password = (name: string) => `of ${name}, long enough`;

/** What a page must never do, noted while it is used. */
export interface Watched {
  outside: string[];
  problems: string[];
}

export function watch(page: Page): Watched {
  const watched: Watched = { outside: [], problems: [] };
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!/^(blob|data):/.test(protocol) && hostname !== '127.0.0.1') {
      watched.outside.push(request.url());
    }
  });
  page.on('pageerror', (error) => watched.problems.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    // A refused request is a test of its own; what the browser refuses is not.
    if (message.type() === 'error' && !/the server responded with a status of/.test(text)) {
      watched.problems.push(text);
    }
  });
  return watched;
}

/** Opens the desk, at a page of it. */
export async function visit(page: Page, desk: Desk, at = '#/incidents'): Promise<void> {
  await page.goto(desk.address);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, at);
  await expect(page.locator('main')).not.toBeEmpty();
}

/** Adds a report as whoever has the page open; one of a known id is its outlet's correction. */
export async function addReport(page: Page, desk: Desk, report: Record<string, string>) {
  const at = (path: string) => new URL(`/api/v1/${path}`, desk.address).href;
  const session = (await (await page.request.get(at('session'))).json()) as Session;
  const added = await page.request.post(at('reports?corrections=true'), {
    data: { reports: [report] },
    headers: { 'x-csrf-token': session.csrf ?? '' },
  });
  expect(added.status(), await added.text()).toBe(201);
}

interface Worker {
  /** The demo's fourteen reports, and some in other scripts. Tests may decide on what they hold. */
  demo: Desk;
}

export const test = base.extend<{ watched: Watched }, Worker>({
  demo: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const desk = await openDesk([
        join(samples, 'three-incidents.jsonl'),
        join(samples, 'archive.jsonl'),
      ]);
      await use(desk);
      desk.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  watched: [
    async ({ page }, use) => {
      const watched = watch(page);
      await use(watched);
      expect(watched.outside, 'nothing is asked from anywhere else').toEqual([]);
      expect(watched.problems, 'the browser has nothing to complain of').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
