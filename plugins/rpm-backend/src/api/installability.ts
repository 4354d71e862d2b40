import { ServiceUnavailableError } from '@backstage/errors';
import {
  installabilityRoutes,
  type BrokenPackage,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { BrokenUnit, InstallabilityService } from '../installability';
import { hrefOfVersion } from '../repository';
import {
  implement,
  untilGone,
  type ImplementedRoute,
  type PageLinks,
} from './edge';

function serializeBroken(broken: BrokenUnit): BrokenPackage {
  return {
    pulp_href: broken.href ?? null,
    label: broken.label,
    architecture: broken.architecture,
    problem_count: broken.problemCount,
    problems: broken.problems,
  };
}

export function installabilityApi(options: {
  installability: InstallabilityService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { installability, links } = options;
  return [
    implement(installabilityRoutes.read, async request => {
      const { repository, number } = request.params;
      const { context = [], architecture = [], ...page } = request.query;
      const signal = untilGone(request);
      const report = await installability
        .report(
          repository,
          Number(number),
          { contexts: context, architectures: architecture, ...page },
          { ...request, signal },
        )
        .catch(error => {
          // Nobody reads the reply, and it is no failure that should be logged.
          throw signal.aborted
            ? new ServiceUnavailableError('The client has gone.')
            : error;
        });
      const { packageCount, brokenCount } = report;
      return {
        status: 200,
        body: {
          version: hrefOfVersion(report.version),
          contexts: report.contexts.map(hrefOfVersion),
          architectures: report.architectures,
          counts: {
            packages: packageCount,
            installable: packageCount - brokenCount,
            broken: brokenCount,
          },
          ...(await links.page(request, report, serializeBroken)),
        },
      };
    }),
  ];
}
