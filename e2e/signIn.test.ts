import { expect, signIn, test } from './support/test';

test('each user is a member of their own team', async ({ page, browser }) => {
  await signIn(page, 'owner', '/settings');
  await expect(page.getByRole('link', { name: 'Shop team' })).toBeVisible();

  const other = await browser.newPage();
  await signIn(other, 'visitor', '/settings');
  await expect(
    other.getByRole('link', { name: 'Platform team' }),
  ).toBeVisible();
  await other.close();
});

test('a reload keeps the user, signing out offers the choice again', async ({
  page,
}) => {
  await signIn(page, 'visitor', '/settings');
  await expect(page.getByText('user:default/visitor')).toBeVisible();

  await page.reload();
  await expect(page.getByText('user:default/visitor')).toBeVisible();

  await page.getByTestId('user-settings-menu').click();
  await page.getByTestId('sign-out').click();
  await expect(
    page.getByRole('button', { name: 'Sign in as owner' }),
  ).toBeVisible();
});
