import { orphanRoutes } from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf } from '../identifiers';
import type { OrphanService } from '../orphans';
import { implement, type ImplementedRoute } from './edge';

export function orphanApi(options: {
  orphans: OrphanService;
}): ImplementedRoute[] {
  return [
    implement(orphanRoutes.cleanUp, async request => {
      const {
        content_hrefs: units,
        orphan_protection_time: protectionMinutes,
      } = request.body;
      const task = await options.orphans.cleanUp(
        {
          units: units ?? undefined,
          protectionMinutes: protectionMinutes ?? undefined,
        },
        request,
      );
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
  ];
}
