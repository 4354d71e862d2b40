import type { Advisory } from '@rpmportal/backstage-plugin-rpm-common';
import type {
  AdvisoryCollection,
  AdvisoryPackage,
} from '@rpmportal/rpm-format';
import type { AdvisoryUnit } from '../../content-units';
import { serializeUnit } from './serializeUnit';

type Collection = Advisory['pkglist'][number];

function serializeAdvisoryPackage(
  pkg: AdvisoryPackage,
): Collection['packages'][number] {
  return {
    arch: pkg.arch,
    epoch: pkg.epoch,
    filename: pkg.filename ?? null,
    name: pkg.name,
    reboot_suggested: pkg.rebootSuggested,
    relogin_suggested: pkg.reloginSuggested,
    restart_suggested: pkg.restartSuggested,
    release: pkg.release,
    src: pkg.src ?? null,
    sum: pkg.sum ?? null,
    sum_type: pkg.sumType ?? null,
    version: pkg.version,
  };
}

function serializeCollection(collection: AdvisoryCollection): Collection {
  return {
    name: collection.name ?? null,
    shortname: collection.shortname ?? null,
    module: collection.module ?? null,
    packages: collection.packages.map(serializeAdvisoryPackage),
  };
}

/** An advisory in wire format. */
export function serializeAdvisory(unit: AdvisoryUnit): Advisory {
  const { advisory } = unit;
  return {
    ...serializeUnit(unit),
    id: advisory.id,
    updated_date: advisory.updatedDate ?? null,
    description: advisory.description ?? null,
    issued_date: advisory.issuedDate ?? null,
    fromstr: advisory.fromstr ?? null,
    status: advisory.status ?? null,
    title: advisory.title ?? null,
    summary: advisory.summary ?? null,
    version: advisory.version ?? null,
    type: advisory.type ?? null,
    severity: advisory.severity ?? null,
    solution: advisory.solution ?? null,
    release: advisory.release ?? null,
    rights: advisory.rights ?? null,
    pushcount: advisory.pushcount ?? null,
    reboot_suggested: advisory.rebootSuggested,
    pkglist: advisory.pkglist.map(serializeCollection),
    references: advisory.references.map(reference => ({
      href: reference.href ?? null,
      id: reference.id ?? null,
      title: reference.title ?? null,
      type: reference.type ?? null,
    })),
  };
}
