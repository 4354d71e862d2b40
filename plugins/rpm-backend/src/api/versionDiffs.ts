import {
  versionRoutes,
  type DiffEntry,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { UnitLabel } from '../database/operations/versions';
import { hrefOf } from '../identifiers';
import { hrefOfVersion } from '../repository';
import type { UnitDifference, VersionDiffService } from '../repository/diff';
import { implement, type ImplementedRoute, type PageLinks } from './edge';

function serializeSide(unit: UnitLabel | undefined): DiffEntry['from'] {
  return unit
    ? {
        pulp_href: hrefOf(unit.type, unit.uuid),
        label: unit.label,
        version: unit.version ?? null,
        title: unit.title ?? null,
      }
    : null;
}

function serializeDifference(difference: UnitDifference<UnitLabel>): DiffEntry {
  const { kind, change, name, arch, from, to } = difference;
  return {
    kind,
    change,
    name,
    arch: arch ?? null,
    from: serializeSide(from),
    to: serializeSide(to),
  };
}

export function versionDiffApi(options: {
  versionDiffs: VersionDiffService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { versionDiffs, links } = options;
  return [
    implement(versionRoutes.diff, async request => {
      const { repository, number } = request.params;
      const { kind, change, ...query } = request.query;
      const page = await versionDiffs.diff(
        repository,
        Number(number),
        { ...query, kinds: kind, changes: change },
        request,
      );
      return {
        status: 200,
        body: {
          from_version: page.from ? hrefOfVersion(page.from) : null,
          to_version: hrefOfVersion(page.to),
          counts: page.counts,
          ...(await links.page(request, page, serializeDifference)),
        },
      };
    }),
  ];
}
