import { openRepository, waitForDemoData } from './support/demo';
import { expect, signIn, test } from './support/test';

const REPOSITORY = 'webshop-development';

waitForDemoData();

test('modules lead to their packages, and these back to their modules', async ({
  page,
}) => {
  await signIn(page, 'visitor');
  await openRepository(page, REPOSITORY);
  await page.getByRole('tab', { name: 'Modules' }).click();

  const newer = page.getByRole('row', { name: /^nodeshop:20/ });
  await expect(newer).toContainText('Complete: all 2');
  await newer.getByRole('link', { name: 'nodeshop:20' }).click();
  await expect(page.getByText('shopdb:16')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Profiles' })).toContainText(
    'nodeshop',
  );

  await page
    .getByRole('region', { name: 'Packages that are there' })
    .getByRole('link', { name: /^nodeshop-20/ })
    .click();
  await expect(
    page.getByRole('heading', { name: /^nodeshop-20.*noarch$/ }),
  ).toBeVisible();

  await page.reload();
  await page
    .getByRole('region', { name: 'Modules that it belongs to' })
    .getByRole('link', { name: 'nodeshop:20' })
    .click();
  await expect(
    page.getByRole('heading', { name: 'nodeshop:20' }),
  ).toBeVisible();
});

test('a version shows its own modules', async ({ page }) => {
  await signIn(page, 'visitor');
  await openRepository(page, REPOSITORY);
  await page
    .getByRole('row', { name: '1', exact: true })
    .getByRole('link', { name: /modules?$/ })
    .click();
  await expect(page.getByText('Of version 1')).toBeVisible();
  await expect(page.getByRole('row', { name: /^nodeshop:18/ })).toContainText(
    'Default',
  );
  await expect(page.getByRole('row', { name: /^nodeshop:20/ })).toHaveCount(0);

  await page.goBack();
  await expect(page.getByRole('row', { name: '1', exact: true })).toBeVisible();
});
