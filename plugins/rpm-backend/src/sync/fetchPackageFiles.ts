import { attachArtifacts } from '../database/operations/content-units';
import {
  listUnitsWithoutFile,
  readMissingFiles,
  type MissingFile,
} from '../database/operations/sync';
import { chunksOf } from '../database/chunks';
import { describeUrl } from '../download/locations';
import { TaskError } from '../tasks';
import { fetchSideBySide } from './fetchSideBySide';
import type { SyncRun } from './SyncRun';

/** An RPM whose size the metadata do not tell. */
const MOST_BYTES = 64 * 1024 ** 3;

/** Fetches and stores the files of packages that are not stored yet, several at once. */
export async function fetchPackageFiles(
  run: SyncRun,
  unitIds: readonly number[],
): Promise<void> {
  const { knex, context, remote, repository } = run;
  const missing = await listUnitsWithoutFile(knex, unitIds);
  const progress = context.progress(
    'sync.downloading.artifacts',
    'Downloaded packages',
    missing.length,
  );
  async function* queue(): AsyncGenerator<MissingFile> {
    for (const chunk of chunksOf(missing)) {
      yield* await readMissingFiles(knex, {
        remoteId: remote.id,
        repositoryId: repository.id,
        unitIds: chunk,
      });
    }
  }
  let fetched = 0;
  await fetchSideBySide(run, queue(), async file => {
    const artifactId = file.artifactId ?? (await fetchFile(run, file));
    await attachArtifacts(knex, [
      { unit_id: file.unitId, artifact_id: artifactId },
    ]);
    fetched += 1;
    progress.advance();
  });
  // Where files are goes with a remote that is deleted meanwhile.
  if (fetched < missing.length) {
    throw new TaskError(
      'PLP0005',
      `It is not known any more where ${
        missing.length - fetched
      } of the files are.`,
    );
  }
  progress.finish();
}

/** @returns the id of the stored file */
async function fetchFile(
  { downloader, folder, storage }: SyncRun,
  { url, size, checksum }: MissingFile,
): Promise<number> {
  const path = await downloader.fetchToFile(url, folder, {
    ...(size === undefined ? { maxSize: MOST_BYTES } : { size }),
    checksum,
  });
  const artifact = await storage.adopt(path, {
    name: describeUrl(new URL(url)),
    size,
    checksum,
  });
  return artifact.id;
}
