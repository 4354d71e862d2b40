import type { AuditorService } from '@backstage/backend-plugin-api';
import type { AnyRoute } from '@rpmportal/backstage-plugin-rpm-common';
import type { ApiRequest } from './implement';

/**
 * Writes every change that is asked for, and whether it was accepted, into the audit log. Inputs
 * stay out of it, for a remote's hold secrets; versions and tasks keep theirs.
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
    meta: { queryType: route.operationId, ...request.params },
  });
  try {
    const reply = await handle();
    await event.success({ meta: { status: reply.status } });
    return reply;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}
