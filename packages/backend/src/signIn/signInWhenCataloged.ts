import { setTimeout as sleep } from 'node:timers/promises';
import { isError } from '@backstage/errors';
import {
  AuthResolverContext,
  BackstageSignInResult,
} from '@backstage/plugin-auth-node';

const ATTEMPTS = 30;
const PAUSE_MS = 500;

/**
 * Signs in a catalog user, and waits up to 15 seconds for it to appear: the
 * first start reads the example users only after the sign-in page is there.
 *
 * @param context - what the auth backend offers to sign-in resolvers
 * @param name - the user's name in the default namespace
 * @throws NotFoundError when the catalog still does not have the user
 */
export async function signInWhenCataloged(
  context: AuthResolverContext,
  name: string,
): Promise<BackstageSignInResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.signInWithCatalogUser({ entityRef: { name } });
    } catch (error) {
      const missing = isError(error) && error.name === 'NotFoundError';
      if (!missing || attempt === ATTEMPTS) {
        throw error;
      }
      await sleep(PAUSE_MS);
    }
  }
}
