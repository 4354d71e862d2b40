import { Page } from '@playwright/test';
import { selectPortal } from './support/portal';
import { expect, signIn, test } from './support/test';

const REPOSITORY = 'webshop-production';

/** Served when all demo data are loaded, which goes on after the portal is up. */
const LAST_OF_DEMO_DATA = '/api/rpm/pulp/content/platform/base/';

test.describe.configure({ timeout: 300_000 });

test.beforeAll(async ({ request }) => {
  const url = `${selectPortal().backendUrl}${LAST_OF_DEMO_DATA}`;
  await expect
    .poll(async () => (await request.get(url)).status(), { timeout: 240_000 })
    .toBe(200);
});

async function openRepository(page: Page) {
  await page.getByRole('link', { name: 'webshop' }).click();
  await page.getByRole('link', { name: 'RPM repositories' }).click();
  await page.getByRole('link', { name: REPOSITORY }).click();
  await expect(page.getByRole('heading', { name: REPOSITORY })).toBeVisible();
}

function version(page: Page, number: number) {
  return page.getByRole('row', { name: String(number), exact: true });
}

/** @returns the number of the version that was made */
async function rollBack(page: Page, to: number, reason: string) {
  await page
    .getByRole('button', { name: `Roll back to version ${to}`, exact: true })
    .click();
  const dialog = page.getByRole('dialog', {
    name: `Roll ${REPOSITORY} back to version ${to}`,
  });
  const change = dialog.getByRole('row', { name: 'webshop.noarch' });
  await expect(change).toContainText('2.0-1');

  await dialog.getByRole('textbox', { name: /Reason/ }).fill(reason);
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  const done = dialog.getByText(/^Version \d+ has the content of version/);
  const [, made] = (await done.innerText()).split(' ');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
  return Number(made);
}

test('the owner rolls a repository back, and forth again', async ({ page }) => {
  await signIn(page, 'owner');
  await openRepository(page);
  await expect(
    page.getByRole('link', { name: 'webshop-development' }),
  ).toBeVisible();

  const back = await rollBack(page, 2, 'Payment fails');
  await expect(version(page, back)).toContainText('Payment fails');
  await expect(version(page, back)).toContainText('by Owner');
  await expect(version(page, back)).toContainText('made from version 2');
  await expect(version(page, back)).toContainText('Latest');

  const forth = await rollBack(page, 3, 'Payment works again');
  expect(forth).toBe(back + 1);
  await expect(version(page, forth)).toContainText('Payment works again');
});

test('a visitor reads whom to ask', async ({ page }) => {
  await signIn(page, 'visitor');
  await openRepository(page);

  await expect(
    page.getByText(
      'Only the owners of this repository (Shop team) can roll it back.',
    ),
  ).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Roll back to version 2', exact: true }),
  ).toBeDisabled();
});

test('checkpoints and distributions are ready to be used', async ({ page }) => {
  await signIn(page, 'visitor');
  await openRepository(page);

  await page.getByRole('tab', { name: 'Checkpoints' }).click();
  const stamp = page.getByRole('link', { name: /^\d{8}T\d{6}Z$/ }).first();
  const address = await stamp.getAttribute('href');
  const listing = await page.request.get(`${address}repodata/repomd.xml`);
  expect(listing.ok()).toBe(true);

  await page.getByRole('tab', { name: 'Distributions' }).click();
  await expect(page.getByText(`[${REPOSITORY}]`)).toBeVisible();
});
