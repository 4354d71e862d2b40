import type { AuditorService } from '@backstage/backend-plugin-api';
import type { AnyRoute } from '@rpmportal/backstage-plugin-rpm-common';
import { actorOf } from '../../identity/actor';
import type { ApiRequest } from './implement';

/**
 * Writes every change that is asked for, and whether it was accepted, into the audit log. Inputs
 * stay out of it, for a remote's hold secrets; versions and tasks keep theirs.
 *
 * @remarks
 * The auditor cannot read HTTP basic authentication and would not say who called, so that this
 * does.
 */
export async function audited<T extends { status: number }>(
  route: AnyRoute,
  request: ApiRequest,
  auditor: AuditorService,
  handle: () => Promise<T>,
): Promise<T> {
  if (route.method === 'get') return handle();
  const event = await auditor.createEvent({
    eventId: 'api-write',
    severityLevel: 'medium',
    request: request.raw,
    meta: {
      queryType: route.operationId,
      caller: actorOf(request.credentials),
      ...request.params,
    },
  });
  let reply: T;
  try {
    reply = await handle();
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
  await event.success({ meta: { status: reply.status } });
  return reply;
}
