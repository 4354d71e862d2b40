import { Page } from '@playwright/test';
import { selectPortal } from './portal';
import { expect, test } from './test';

/** Served when all demo data are loaded, which goes on after the portal is up. */
const LAST_OF_DEMO_DATA = '/api/rpm/pulp/content/platform/base/';

/** Lets the tests of a file begin when the demo data are there. */
export function waitForDemoData() {
  test.describe.configure({ timeout: 300_000 });

  test.beforeAll(async ({ request }) => {
    const url = `${selectPortal().backendUrl}${LAST_OF_DEMO_DATA}`;
    await expect
      .poll(async () => (await request.get(url)).status(), { timeout: 240_000 })
      .toBe(200);
  });
}

/** Opens one of the repositories of the component `webshop`, from the first page of the portal. */
export async function openRepository(page: Page, name: string) {
  await page.getByRole('link', { name: 'webshop' }).click();
  await page.getByRole('link', { name: 'RPM repositories' }).click();
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
}

/** The row of a version in the table that is shown. */
export function version(page: Page, number: number) {
  return page.getByRole('row', { name: String(number), exact: true });
}

/** @returns the dialog that rolls a repository back to a version, opened */
export async function openRollback(page: Page, repository: string, to: number) {
  await page
    .getByRole('button', { name: `Roll back to version ${to}`, exact: true })
    .click();
  return page.getByRole('dialog', {
    name: `Roll ${repository} back to version ${to}`,
  });
}
