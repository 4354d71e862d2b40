import { Page } from '@playwright/test';
import {
  openRepository,
  openRollback,
  version,
  waitForDemoData,
} from './support/demo';
import { expect, signIn, test } from './support/test';

const REPOSITORY = 'webshop-production';

waitForDemoData();

/** @returns the number of the version that was made */
async function rollBack(page: Page, to: number, reason: string) {
  const dialog = await openRollback(page, REPOSITORY, to);
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
  await openRepository(page, REPOSITORY);
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
  await openRepository(page, REPOSITORY);

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
  await openRepository(page, REPOSITORY);

  await page.getByRole('tab', { name: 'Checkpoints' }).click();
  const stamp = page.getByRole('link', { name: /^\d{8}T\d{6}Z$/ }).first();
  const address = await stamp.getAttribute('href');
  const listing = await page.request.get(`${address}repodata/repomd.xml`);
  expect(listing.ok()).toBe(true);

  await page.getByRole('tab', { name: 'Distributions' }).click();
  await expect(page.getByText(`[${REPOSITORY}]`)).toBeVisible();
});
