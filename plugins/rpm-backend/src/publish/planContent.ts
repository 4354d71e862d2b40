import type { Knex } from 'knex';
import type { StoredPackage } from '../content-units/storedPackage';
import { iteratePackages } from '../database/operations/content-units';
import * as operations from '../database/operations/published-content';
import type { VersionRecord } from '../repository/versionTypes';
import { TaskError } from '../tasks';
import { PathCollisions, packageAt } from './publishedPackages';
import type { KeptFile, RenderBatch } from './rendering';
import type { PublicationOptions } from './types';

/** The content of a version, ready to be rendered. */
export interface ContentPlan {
  packageCount: number;
  keptFiles: (KeptFile & { artifactId: number })[];
  /** @param onPackages - told how many more packages have been handed over */
  batches(
    onPackages: (count: number) => void,
  ): AsyncGenerator<RenderBatch, void, undefined>;
}

/** Digests that a package may have in metadata; older ones prove nothing any more. */
const ALLOWED_CHECKSUMS = new Set(['sha224', 'sha256', 'sha384', 'sha512']);

/** A digest in front of a file's name, as metadata files have it. */
const DIGEST_PREFIX = /^(?:[0-9a-f]{2}){16,64}-/;

const TEXTS = [
  ['rpm.advisory', 'advisories'],
  ['rpm.packagegroup', 'comps'],
  ['rpm.packagecategory', 'comps'],
  ['rpm.packageenvironment', 'comps'],
  ['rpm.packagelangpacks', 'comps'],
  ['rpm.modulemd', 'modules'],
  ['rpm.modulemd_defaults', 'modules'],
  ['rpm.modulemd_obsolete', 'modules'],
  ['rpm.modulemd_document', 'modules'],
] as const;

/** Looks at what a version holds, and decides what of it is published where. */
export async function planContent(
  knex: Knex,
  version: VersionRecord,
  options: PublicationOptions,
): Promise<ContentPlan> {
  const collisions = new PathCollisions(options.layout);
  for await (const window of operations.iteratePackageFiles(knex, version)) {
    for (const file of window) collisions.add(file);
  }
  const leftOut = await findLeftOut(knex, version, options, collisions);
  return {
    packageCount: collisions.seen - leftOut.size,
    keptFiles: await planKeptFiles(knex, version, options),
    batches: onPackages =>
      batchesOf(knex, version, options, leftOut, onPackages),
  };
}

/** The packages whose path another one has. */
async function findLeftOut(
  knex: Knex,
  version: VersionRecord,
  { layout }: PublicationOptions,
  { contested }: PathCollisions,
): Promise<Set<number>> {
  const leftOut = new Set<number>();
  for (const [path, fileName] of contested) {
    const files = await operations.findPackageFiles(knex, version, fileName);
    const winner = packageAt(path, files, layout);
    for (const file of files) {
      if (file !== winner && packageAt(path, [file], layout)) {
        leftOut.add(file.unitId);
      }
    }
  }
  return leftOut;
}

async function planKeptFiles(
  knex: Knex,
  version: VersionRecord,
  { checksumType }: PublicationOptions,
): Promise<ContentPlan['keptFiles']> {
  const files = await operations.listMetadataFiles(knex, version);
  return files.map(({ dataType, relativePath, stored }) => {
    if (!stored) {
      throw new TaskError(
        'PLP0012',
        `The metadata file '${dataType}' of the version has not been stored.`,
      );
    }
    const value = stored[checksumType];
    const name = relativePath
      .slice(relativePath.lastIndexOf('/') + 1)
      .replace(DIGEST_PREFIX, '');
    return {
      dataType,
      path: `repodata/${value}-${name}`,
      checksum: { type: checksumType, value },
      size: stored.size,
      artifactId: stored.id,
    };
  });
}

async function* batchesOf(
  knex: Knex,
  version: VersionRecord,
  options: PublicationOptions,
  leftOut: ReadonlySet<number>,
  onPackages: (count: number) => void,
): AsyncGenerator<RenderBatch, void, undefined> {
  for await (const batch of iteratePackages(knex, version)) {
    const packages = batch.filter(row => !leftOut.has(row.unit_id));
    const digests = await findDigests(knex, packages, options);
    yield { kind: 'packages', packages, digests };
    onPackages(packages.length);
  }
  for (const [type, kind] of TEXTS) {
    if (!version.counts.present[type]) continue;
    for await (const texts of operations.iterateTexts(knex, version, type)) {
      yield { kind, texts };
    }
  }
}

/**
 * Digests of the wanted type for packages that have another one of their own, where their files
 * are stored.
 *
 * @throws TaskError when a package would go out with a digest that is not allowed
 */
async function findDigests(
  knex: Knex,
  packages: readonly StoredPackage[],
  { checksumType }: PublicationOptions,
): Promise<(string | undefined)[]> {
  const others = packages.filter(row => row.checksum_type !== checksumType);
  const found = await operations.readDigests(
    knex,
    others.map(row => row.unit_id),
    checksumType,
  );
  return packages.map(row => {
    const digest = found.get(row.unit_id);
    if (!digest && !ALLOWED_CHECKSUMS.has(row.checksum_type)) {
      throw new TaskError(
        'RPM0010',
        `The package ${row.location_href} has only a ${row.checksum_type} checksum, which is not allowed in metadata.`,
      );
    }
    return digest;
  });
}
