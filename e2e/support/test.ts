import { expect, Page, test as base } from '@playwright/test';

export { expect };

/** A test that also fails when a page throws an error that nobody caught. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const uncaught: Error[] = [];
    page.on('pageerror', error => uncaught.push(error));
    await use(page);
    expect(uncaught).toEqual([]);
  },
});

/**
 * Opens a page of the portal as one of the two demo users.
 *
 * @param page - a page without a signed-in user
 * @param user - who to sign in
 * @param path - the page to open, from the portal's root
 */
export async function signIn(
  page: Page,
  user: 'owner' | 'visitor',
  path: string = '/',
) {
  await page.goto(path);
  await page.getByRole('button', { name: `Sign in as ${user}` }).click();
}
