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
import { fromTimestamp } from '../../database/time';
import type { Artifact, ArtifactStorage } from '../../storage/types';
import { TaskError } from '../../tasks/errors';
import type { WorkerPool } from '../../workers/types';
import { READ_RPM } from '../jobs';
import type { ReadRpmInput } from '../jobs/readRpmJob';
import type { UnitCreator } from '../types';

const UNREADABLE = 'RPM file cannot be parsed for metadata: ';

/** The digests that packages are known by whose files nobody can forge. */
const IDENTIFYING = ['sha256', 'sha512', 'sha384', 'sha224'] as const;

/**
 * Makes packages of .rpm files, from their headers alone. A package that is known already, by
 * whatever strong digest of its file, is found and given its file; what a remote's metadata said of
 * it gives way to what its header says.
 */
export function packageCreator(options: {
  knex: Knex;
  storage: ArtifactStorage;
  threads: WorkerPool;
}): UnitCreator {
  const { knex } = options;
  return async ({ signal }, { artifactId, fileName = 'the file' }) => {
    const artifact = await readArtifact(knex, { id: artifactId! });
    if (!artifact) {
      throw new TaskError('PLP0005', `${fileName} was removed meanwhile.`);
    }
    const draft = await readHeader(artifact, fileName, options, signal);
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

async function readHeader(
  artifact: Artifact,
  fileName: string,
  { storage, threads }: { storage: ArtifactStorage; threads: WorkerPool },
  signal: AbortSignal,
): Promise<PackageDraft> {
  const input: ReadRpmInput = {
    path: storage.pathOf(artifact),
    size: artifact.size,
    sha256: artifact.sha256,
    time: Math.floor(fromTimestamp(artifact.createdAt).toSeconds()),
  };
  try {
    return await threads.run<ReadRpmInput, PackageDraft>(READ_RPM, input, {
      signal,
    });
  } catch (error) {
    // Of a class in a thread the name survives.
    if ((error as Error).name !== 'RpmHeaderError') throw error;
    const reason = (error as Error).message.replace(UNREADABLE, '');
    throw new TaskError('RPM0000', `${UNREADABLE}${fileName}: ${reason}.`);
  }
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
