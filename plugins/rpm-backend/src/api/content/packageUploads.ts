import { packageRoutes } from '@rpmportal/backstage-plugin-rpm-common';
import type { ContentUnitService } from '../../content-units';
import { hrefOf } from '../../identifiers';
import { parseFileSource, type ContentCreation } from '../../upload';
import { implement, untilGone, type ImplementedRoute } from '../edge';
import { splitDestination } from './requestedContent';
import { serializePackage } from './serializePackage';

/** Packages from .rpm files. To stand before what reads `upload` as the name of a package. */
export function packageUploadApi(options: {
  creations: ContentCreation;
  units: ContentUnitService;
}): ImplementedRoute[] {
  const { creations, units } = options;
  return [
    implement(packageRoutes.upload, async request => {
      const { body, files, credentials } = request;
      const uuid = await creations.createNow(
        'rpm.package',
        {
          source: parseFileSource(body, files),
          fields: { module: body.module },
          destination: { labels: body.pulp_labels },
        },
        { credentials, signal: untilGone(request) },
      );
      const unit = await units.get('rpm.package', uuid, {}, request);
      return { status: 201, body: serializePackage(unit) };
    }),
    implement(packageRoutes.create, async request => {
      const { body, files, credentials, correlationId } = request;
      const { destination } = splitDestination(body);
      const task = await creations.create(
        'rpm.package',
        {
          source: parseFileSource(body, files),
          fields: { module: body.module },
          destination,
        },
        { credentials, correlationId, signal: untilGone(request) },
      );
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
  ];
}
