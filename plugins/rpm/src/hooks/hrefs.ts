import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';

/** What permissions know a repository by: the UUID at the end of its PRN. */
export function resourceRefOf(repository: Repository): string {
  return repository.prn.slice(repository.prn.lastIndexOf(':') + 1);
}

/** The UUID at the end of a unit's href. */
export function unitIdOf(href: string): string {
  return href.split('/').slice(-2)[0];
}

/** The number at the end of a version's href. */
export function versionNumberOf(versionHref: string): number {
  return Number(/\/versions\/(\d+)\/$/.exec(versionHref)?.[1]);
}

/** Whether a version is one of this repository. */
export function isVersionOf(
  repository: Pick<Repository, 'pulp_href'>,
  versionHref: string,
): boolean {
  return versionHref.startsWith(repository.pulp_href);
}
