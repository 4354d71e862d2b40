import { repositoryRoutes } from '@rpmportal/backstage-plugin-rpm-common';
import type { RollbackService } from '../checkpoint/rollback';
import { hrefOf } from '../identifiers';
import { implement, type ImplementedRoute } from './edge';

export function rollbackApi(options: {
  rollbacks: RollbackService;
}): ImplementedRoute[] {
  return [
    implement(repositoryRoutes.rollback, async request => {
      const { version, checkpoint, reason, publish = false } = request.body;
      const task = await options.rollbacks.rollback(
        request.params.repository,
        { version, checkpoint, reason, publish },
        request,
      );
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
  ];
}
