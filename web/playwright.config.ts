import { defineConfig } from '@playwright/test';

/** Debian's Chromium, so that no browser has to be downloaded. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  fullyParallel: false,
  workers: 1,
  // A debug build on a busy machine is slow; what is measured has limits of its own.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: !!process.env.CI,
  reporter: process.env.CI ? [['list']] : [['line']],
  use: {
    launchOptions: { executablePath, args: ['--no-sandbox'] },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'off',
  },
  projects: [
    { name: 'unit', testDir: 'src', testMatch: '**/*.test.ts' },
    { name: 'desk', testDir: 'tests', testMatch: '**/*.spec.ts' },
  ],
});
