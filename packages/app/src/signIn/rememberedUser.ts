import { IdentityApi } from '@backstage/core-plugin-api';

const KEY = 'demo-user';

/** The user who was signed in before this tab was reloaded. */
export function readRememberedUser(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined;
}

/** Forgets the user, so that the next load of this tab offers the choice. */
export function forgetUser() {
  sessionStorage.removeItem(KEY);
}

/**
 * Keeps the user signed in when this tab is reloaded, until they sign out.
 * Each tab remembers its own, so that two users can be compared side by side.
 *
 * @param name - the demo user's name
 * @param identity - the identity that the user signed in with
 * @returns the same identity, which forgets the user at sign-out
 */
export function rememberUser(name: string, identity: IdentityApi): IdentityApi {
  sessionStorage.setItem(KEY, name);
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      forgetUser();
      await identity.signOut();
    },
  };
}
