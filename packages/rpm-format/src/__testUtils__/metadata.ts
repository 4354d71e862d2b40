import { RpmPackage } from '../package';
import {
  PackageMetadataKind,
  PackageSources,
  readPackages,
  renderPackage,
  renderPackagesFooter,
  renderPackagesHeader,
} from '../repodata';

/** A small package; `changes` says what matters to a test. */
export function createPackage(changes: Partial<RpmPackage> = {}): RpmPackage {
  return {
    name: 'walrus',
    epoch: '0',
    version: '5.21',
    release: '1',
    arch: 'noarch',
    pkgId: 'ab'.repeat(32),
    checksumType: 'sha256',
    summary: 'A dummy package of walrus',
    description: 'A dummy package of walrus',
    packager: '',
    url: 'https://example.com/walrus',
    timeFile: 1331831368,
    timeBuild: 1331831364,
    sizePackage: 2445,
    sizeInstalled: 42,
    sizeArchive: 296,
    locationHref: 'walrus-5.21-1.noarch.rpm',
    license: 'GPLv2',
    vendor: '',
    group: 'Internet/Applications',
    buildhost: 'builder.example.com',
    sourcerpm: 'walrus-5.21-1.src.rpm',
    headerStart: 872,
    headerEnd: 2313,
    provides: [
      {
        name: 'walrus',
        flags: 'EQ',
        epoch: '0',
        version: '5.21',
        release: '1',
      },
    ],
    requires: [],
    conflicts: [],
    obsoletes: [],
    suggests: [],
    enhances: [],
    recommends: [],
    supplements: [],
    files: [{ type: 'file', path: '/etc/walrus.conf' }],
    changelogs: [],
    ...changes,
  };
}

/** A whole metadata file for the packages. */
export function renderPackages(
  kind: PackageMetadataKind,
  packages: RpmPackage[],
): string {
  return [
    renderPackagesHeader(kind, packages.length),
    ...packages.map(pkg => renderPackage(kind, pkg)),
    renderPackagesFooter(kind),
  ].join('');
}

/** All that a reader yields, and what it returns. */
export async function collect<T, R>(
  batches: AsyncGenerator<T[], R>,
): Promise<{ items: T[]; result: R }> {
  const items: T[] = [];
  for (;;) {
    const next = await batches.next();
    if (next.done) {
      return { items, result: next.value };
    }
    items.push(...next.value);
  }
}

/** The packages of in-memory metadata. */
export async function readAllPackages(
  sources: PackageSources,
): Promise<RpmPackage[]> {
  return (await collect(readPackages(sources))).items;
}
