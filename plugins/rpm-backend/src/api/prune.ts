import { pruneRoutes } from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf } from '../identifiers';
import type { PruneService } from '../repository/prune';
import { implement, type ImplementedRoute } from './edge';

export function pruneApi(options: {
  prunes: PruneService;
}): ImplementedRoute[] {
  return [
    implement(pruneRoutes.prune, async request => {
      const {
        repo_hrefs: names,
        keep_days: keepDays,
        dry_run: dryRun,
      } = request.body;
      const group = await options.prunes.prune(
        { repositories: names[0] === '*' ? '*' : names, keepDays, dryRun },
        request,
      );
      return { status: 202, body: { task_group: hrefOf('taskGroup', group) } };
    }),
  ];
}
