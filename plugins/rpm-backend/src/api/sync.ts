import { syncRoutes } from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf } from '../identifiers';
import type { SyncService } from '../sync';
import { implement, type ImplementedRoute } from './edge';

export function syncApi(options: { syncs: SyncService }): ImplementedRoute[] {
  return [
    implement(syncRoutes.sync, async request => {
      const task = await options.syncs.sync(
        request.params.repository,
        request.body,
        request,
      );
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
  ];
}
