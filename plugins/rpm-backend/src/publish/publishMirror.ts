import type { Knex } from 'knex';
import * as operations from '../database/operations/publications';
import { currentTimestamp } from '../database/time';
import type { VersionRecord } from '../repository/versionTypes';

const SIGNATURE = 'repodata/repomd.xml.asc';

/** A remote's own files. */
export interface MirroredFiles {
  /** Artifact ids by path. */
  files: ReadonlyMap<string, number>;
  /** Unit ids by path. */
  packages: ReadonlyMap<string, number>;
}

/**
 * Publishes a version under the metadata of the remote that it came from, byte for byte. A version
 * that is published with just these files keeps its publication.
 */
export async function publishMirror(
  trx: Knex.Transaction,
  version: VersionRecord,
  { files, packages }: MirroredFiles,
  options: {
    repoConfig: Record<string, unknown>;
    createdBy: string | undefined;
  },
): Promise<{ uuid: string; isNew: boolean }> {
  const known = await findMirror(trx, version.id, files);
  if (known) return { uuid: known, isNew: false };
  const id = await operations.insertPublication(
    trx,
    {
      createdAt: currentTimestamp(),
      repositoryId: version.repositoryId,
      versionId: version.id,
      checkpointStamp: undefined,
      checksumType: 'unknown',
      compressionType: 'unknown',
      layout: 'mirror',
      repoConfig: {
        ...options.repoConfig,
        repo_gpgcheck: files.has(SIGNATURE) ? 1 : 0,
      },
      createdBy: options.createdBy,
    },
    Array.from(files, ([path, artifactId]) => ({ path, artifactId })),
  );
  await operations.insertPublicationPackages(trx, id, packages);
  const publication = await operations.readPublicationById(trx, id);
  return { uuid: publication!.uuid, isNew: true };
}

/** The UUID of a publication of the version that has exactly these files. */
async function findMirror(
  trx: Knex.Transaction,
  versionId: number,
  files: ReadonlyMap<string, number>,
): Promise<string | undefined> {
  const known = await operations.listPublicationsOfVersion(trx, versionId);
  for (const { id, uuid, layout } of known) {
    if (layout === 'mirror') {
      const has = await operations.readPublicationArtifacts(trx, id);
      const isSame =
        has.size === files.size &&
        [...files].every(([path, artifactId]) => has.get(path) === artifactId);
      if (isSame) return uuid;
    }
  }
  return undefined;
}
