import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

/** What callers may do, as tests say it in a line. */
export interface TestPolicy {
  /** Allowed by name of the permission and of the user. */
  allows(permission: string, user: string): boolean;
  /** In lists, this user sees only what has this label; everybody else sees all. */
  sees?: { user: string; label: string };
}

/** A permission policy as a feature of a test's backend. */
export function testPolicy({ allows, sees }: TestPolicy) {
  const userOf = (credentials: any): string =>
    credentials.principal.userEntityRef;
  return mockServices.permissions.mock({
    authorize: async (requests, { credentials } = {} as any) =>
      requests.map(({ permission }) => ({
        result: allows(permission.name, userOf(credentials))
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
