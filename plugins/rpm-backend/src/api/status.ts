import { statusRoutes } from '@rpmportal/backstage-plugin-rpm-common';
import type { StatusService } from '../status/StatusService';
import { implement, type ImplementedRoute } from './edge';

export function statusApi(options: {
  status: StatusService;
}): ImplementedRoute[] {
  return [
    implement(statusRoutes.read, async () => ({
      status: 200,
      body: await options.status.read(),
    })),
  ];
}
