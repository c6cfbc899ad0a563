import { defineConfig } from '@playwright/test';
import base from '../playwright.config.ts';

/** `npm run screenshots`: pictures for docs/, taken from the demo. */
export default defineConfig({
  ...base,
  projects: [{ name: 'screenshots', testDir: '.', testMatch: 'screenshots.ts' }],
});
