import { copyRoutes } from '@rpmportal/backstage-plugin-rpm-common';
import { parseCopyConfig, type CopyService } from '../copy';
import { hrefOf } from '../identifiers';
import { implement, type ImplementedRoute } from './edge';

export function copyApi(options: { copies: CopyService }): ImplementedRoute[] {
  return [
    implement(copyRoutes.copy, async request => {
      const { body } = request;
      const task = await options.copies.copy(
        {
          entries: parseCopyConfig(body.config),
          dependencySolving: body.dependency_solving,
          dependencyUpgrade: body.dependency_upgrade,
          weakDependencies: body.weak_dependencies,
          sourceRequires: body.source_requires,
          architectures: body.architectures,
          onMissing: body.on_missing,
          allowMissing: body.allow_missing,
          modularPackages:
            body.modular_packages ??
            (body.dependency_solving ? 'with-module' : 'warn'),
          dryRun: body.dry_run,
          reason: body.reason,
        },
        request,
      );
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
  ];
}
