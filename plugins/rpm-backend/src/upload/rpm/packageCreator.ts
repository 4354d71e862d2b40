import type { Knex } from 'knex';
import { readArtifact } from '../../database/operations/artifacts';
import {
  attachArtifacts,
  findUnitId,
  savePackageDrafts,
  updatePackage,
} from '../../database/operations/content-units';
import {
  packageDigest,
  type PackageDraft,
} from '../../content-units/packageDraft';
import type { Artifact } from '../../storage/types';
import { TaskError } from '../../tasks/errors';
import type { UnitCreator } from '../types';
import type { RpmReader } from './RpmReader';

/** The digests that packages are known by whose files nobody can forge. */
const IDENTIFYING = ['sha256', 'sha512', 'sha384', 'sha224'] as const;

/**
 * Makes packages of .rpm files, from their headers alone. A package that is known already, by
 * whatever strong digest of its file, is found and given its file; what a remote's metadata said of
 * it gives way to what its header says.
 */
export function packageCreator({
  knex,
  reader,
}: {
  knex: Knex;
  reader: RpmReader;
}): UnitCreator {
  return async ({ signal }, { artifactId, fileName = 'the file' }) => {
    const artifact = await readArtifact(knex, { id: artifactId! });
    if (!artifact) {
      throw new TaskError('PLP0005', `${fileName} was removed meanwhile.`);
    }
    const draft = await reader.read(artifact, fileName, signal);
    const known = await findKnown(knex, draft, artifact);
    const created = new Set<number>();
    const unitId =
      known ?? (await savePackageDrafts(knex, [draft], created))[0];
    if (!created.has(unitId)) await updatePackage(knex, unitId, draft);
    await attachArtifacts(knex, [
      { unit_id: unitId, artifact_id: artifact.id },
    ]);
    return { unitId, created: created.has(unitId) };
  };
}

/** The package with these bytes, whichever of their digests names it. */
async function findKnown(
  knex: Knex,
  { repoKey, type }: PackageDraft,
  artifact: Artifact,
): Promise<number | undefined> {
  for (const checksumType of IDENTIFYING) {
    const digest = packageDigest(
      checksumType,
      artifact[checksumType],
      repoKey!,
    );
    const id = await findUnitId(knex, { type, digest });
    if (id !== undefined) return id;
  }
  return undefined;
}
