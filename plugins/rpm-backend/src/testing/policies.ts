import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

/** What callers may do, as tests say it in a line. */
export interface TestPolicy {
  /** Allowed by name of the permission, of the user, and by what it is decided on: a UUID. */
  allows(permission: string, user: string, resource?: string): boolean;
  /** In lists, this user sees only what has this label; everybody else sees all. */
  sees?: { user: string; label: string };
}

/** A permission policy as a feature of a test's backend. */
export function testPolicy({ allows, sees }: TestPolicy) {
  const userOf = (credentials: any): string =>
    credentials.principal.userEntityRef;
  return mockServices.permissions.mock({
    authorize: async (requests, { credentials } = {} as any) =>
      requests.map(({ permission, resourceRef }: any) => ({
        result: allows(permission.name, userOf(credentials), resourceRef)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      })),
    authorizeConditional: async (requests, { credentials } = {} as any) =>
      requests.map(({ permission: { resourceType } }: any) =>
        userOf(credentials) === sees?.user
          ? {
              result: AuthorizeResult.CONDITIONAL,
              pluginId: 'rpm',
              resourceType,
              conditions: {
                rule: 'HAS_LABEL',
                resourceType,
                params: { key: sees?.label },
              },
            }
          : { result: AuthorizeResult.ALLOW },
      ),
  }).factory;
}
