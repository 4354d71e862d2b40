import { Page } from '@playwright/test';
import {
  openRepository,
  openRollback,
  version,
  waitForDemoData,
} from './support/demo';
import { expect, signIn, test } from './support/test';

const SOURCE = 'webshop-development';
const DESTINATION = 'webshop-testing';
/** Of the destination, as the demo data leave it. */
const BEFORE = 1;

waitForDemoData();

/** @returns the dialog, with a package chosen and the destinations shown */
async function choosePackage(page: Page, name: string, edition: string) {
  await page.getByRole('button', { name: 'Copy packages' }).click();
  const dialog = page.getByRole('dialog', { name: `Copy from ${SOURCE}` });
  await dialog.getByRole('searchbox', { name: 'Packages' }).fill(name);
  await dialog
    .getByRole('row', { name: `${name} ${edition}` })
    .getByRole('checkbox')
    .check({ force: true });
  await dialog.getByRole('button', { name: /Copy into/ }).click();
  return dialog;
}

/** @returns the dialog, with the plan of copying the shop into the tests */
async function planCopy(page: Page) {
  const dialog = await choosePackage(page, 'webshop', '2.0-1 noarch');
  await page.getByRole('option', { name: DESTINATION }).click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  return dialog;
}

async function apply(page: Page, reason: string) {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /Reason/ }).fill(reason);
  await dialog
    .getByRole('button', { name: 'Copy without what is missing' })
    .click();
  return dialog;
}

async function goBack(page: Page) {
  const dialog = await openRollback(page, DESTINATION, BEFORE);
  await dialog.getByRole('textbox', { name: /Reason/ }).fill('Tested');
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await expect(dialog.getByText(/^Version \d+ has the content/)).toBeVisible();
}

test('the owner sees what a copy does and why, then does just that', async ({
  page,
}) => {
  await signIn(page, 'owner');
  await openRepository(page, SOURCE);
  const dialog = await planCopy(page);

  await expect(
    dialog.getByRole('region', { name: 'What you chose' }),
  ).toContainText('webshop-2.0-1.noarch');
  const needed = dialog.getByRole('region', { name: 'What it needs' });
  await expect(needed).toContainText('webshop-api-2.0-1.noarch');
  await expect(needed).toContainText(
    'requested webshop-2.0-1.noarch → requires libcart >= 1.0.1 → libcart-1.0.1-1.x86_64',
  );
  await expect(dialog.getByRole('alert')).toContainText(
    'money-rates >= 2026.06',
  );
  await expect(
    dialog.getByRole('region', { name: 'What leaves' }),
  ).toContainText('webshop-1.1-1.noarch');

  await apply(page, 'Try the summer campaign');
  const link = dialog.getByRole('link', { name: /Show version \d+/ });
  const made = Number(/\d+/.exec(await link.innerText())![0]);
  await link.click();

  await expect(page.getByRole('heading', { name: DESTINATION })).toBeVisible();
  await expect(version(page, made)).toContainText('Try the summer campaign');
  await expect(version(page, made)).toContainText('by Owner');
  await goBack(page);
});

test('who was overtaken is shown what has changed', async ({
  page,
  browser,
}) => {
  await signIn(page, 'owner');
  await openRepository(page, SOURCE);
  const dialog = await planCopy(page);
  await expect(dialog.getByText(/Nothing has changed yet/)).toBeVisible();

  const other = await browser.newPage();
  await signIn(other, 'owner');
  await openRepository(other, SOURCE);
  await planCopy(other);
  const overtaking = await apply(other, 'I was faster');
  await overtaking.getByRole('link', { name: /Show version/ }).click();

  await apply(page, 'I was slower');
  await expect(dialog.getByRole('alert')).toContainText(
    `${DESTINATION} has changed since the preview`,
  );
  await dialog.getByRole('button', { name: 'Preview again' }).click();
  await expect(
    dialog.getByText(`${DESTINATION} has all of this already`),
  ).toBeVisible();

  await goBack(other);
  await other.close();
});

test('a visitor copies into the repositories of their own team only', async ({
  page,
}) => {
  await signIn(page, 'visitor');
  await openRepository(page, SOURCE);
  await choosePackage(page, 'webshop-tools', '1:1.0-1 noarch');

  await expect(page.getByRole('option')).toHaveText([/platform-base/]);
});

test('the dialog needs no mouse', async ({ page }) => {
  await signIn(page, 'visitor');
  await openRepository(page, SOURCE);
  const open = page.getByRole('button', { name: 'Copy packages' });
  await expect(open).toBeEnabled();
  await open.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: `Copy from ${SOURCE}` });

  const into = dialog.getByRole('button', { name: /Copy into/ });
  await into.focus();
  await page.keyboard.press('Enter');
  const option = page.getByRole('option');
  await expect(option).toHaveCount(1);
  await expect(page.getByPlaceholder('Search by name').last()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(option).toHaveAttribute('data-focused', 'true');
  await page.keyboard.press('Enter');
  await expect(into).toContainText('platform-base');

  await dialog.getByRole('searchbox', { name: 'Packages' }).focus();
  await page.keyboard.type('libcart');
  await expect(dialog.getByRole('row')).toHaveCount(5);
  await dialog.getByRole('checkbox', { name: 'Select All' }).focus();
  await page.keyboard.press('Space');
  await expect(dialog.getByText('4 packages chosen')).toBeVisible();

  await dialog.getByRole('button', { name: 'Preview' }).focus();
  await page.keyboard.press('Enter');
  const plan = dialog.getByRole('group', { name: 'What would change' });
  await expect(plan).toBeFocused();
  await expect(plan).toContainText('libmoney-1.2-1.noarch');

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
});
