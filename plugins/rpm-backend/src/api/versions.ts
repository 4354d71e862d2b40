import { versionRoutes } from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf } from '../identifiers';
import { serializeVersion, type VersionService } from '../repository';
import { implement, type ImplementedRoute, type PageLinks } from './edge';

export function versionApi(options: {
  versions: VersionService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { versions, links } = options;
  return [
    implement(versionRoutes.list, async request => {
      const page = await versions.list(
        request.params.repository,
        request.query,
        request,
      );
      return {
        status: 200,
        body: await links.page(request, page, serializeVersion),
      };
    }),
    implement(versionRoutes.listAll, async request => {
      const page = await versions.list(undefined, request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, serializeVersion),
      };
    }),
    implement(versionRoutes.read, async request => {
      const { repository, number } = request.params;
      const version = await versions.get(repository, Number(number), request);
      return { status: 200, body: serializeVersion(version) };
    }),
    implement(versionRoutes.repair, async request => {
      const { repository, number } = request.params;
      const task = await versions.repair(repository, Number(number), {
        credentials: request.credentials,
        correlationId: request.correlationId,
        verifyChecksums: request.body.verify_checksums,
      });
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
    implement(versionRoutes.delete, async request => {
      const { repository, number } = request.params;
      const task = await versions.delete(repository, Number(number), request);
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
  ];
}
