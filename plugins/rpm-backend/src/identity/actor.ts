import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who calls, as it is written into versions, tasks and audit: a user ref or a service's subject. */
export function actorOf(credentials: BackstageCredentials): string | undefined {
  const principal = credentials.principal as {
    type?: string;
    userEntityRef?: string;
    subject?: string;
  };
  return principal.userEntityRef ?? principal.subject;
}
