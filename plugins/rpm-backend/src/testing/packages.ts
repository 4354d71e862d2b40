import type { RpmPackage } from '@rpmportal/rpm-format';
import { createHash } from 'crypto';

/** A package as a test wants it: everything that is not given is plain. */
export function testPackage(
  given: Pick<RpmPackage, 'name'> & Partial<RpmPackage>,
): RpmPackage {
  const pkg = {
    epoch: '0',
    version: '1.0',
    release: '1',
    arch: 'noarch',
    checksumType: 'sha256',
    summary: `The package ${given.name}`,
    description: '',
    packager: '',
    url: '',
    timeFile: 1_700_000_000,
    timeBuild: 1_700_000_000,
    sizePackage: 1000,
    sizeInstalled: 2000,
    sizeArchive: 3000,
    license: 'MIT',
    vendor: '',
    group: '',
    buildhost: '',
    sourcerpm: '',
    headerStart: 100,
    headerEnd: 200,
    provides: [],
    requires: [],
    conflicts: [],
    obsoletes: [],
    suggests: [],
    enhances: [],
    recommends: [],
    supplements: [],
    files: [],
    changelogs: [],
    ...given,
  };
  const { name, epoch, version, release, arch } = pkg;
  const file = `${name}-${version}-${release}.${arch}.rpm`;
  return {
    pkgId: createHash('sha256').update(`${epoch}:${file}`).digest('hex'),
    locationHref: file,
    ...pkg,
  };
}
