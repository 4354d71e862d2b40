import { expect, signIn, test } from './support/test';

test('the owner opens the page of their component', async ({ page }) => {
  await signIn(page, 'owner');
  await page.getByRole('link', { name: 'webshop' }).click();

  await expect(page.getByRole('heading', { name: 'webshop' })).toBeVisible();
});
