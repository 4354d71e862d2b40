import { defineConfig } from '@playwright/test';
import { findBrowser } from './e2e/support/browser';
import { selectPortal } from './e2e/support/portal';

const browser = findBrowser();
const portal = selectPortal();

export default defineConfig({
  testDir: 'e2e',
  testMatch: browser ? '**/*.test.ts' : [],
  globalSetup: './e2e/support/globalSetup',
  webServer: browser ? portal.server : undefined,
  // One portal with one set of data: tests that change it would meet.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 30_000 },
  forbidOnly: !!process.env.CI,
  reporter: [
    ['list'],
    ['html', { open: 'never', outputFolder: 'e2e-test-report' }],
  ],
  outputDir: 'test-results',
  use: {
    baseURL: portal.appUrl,
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: browser,
      // Without a sandbox it also runs as root; the rest keeps it from
      // talking to anyone but the portal.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
