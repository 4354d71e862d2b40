import { attachArtifacts } from '../database/operations/content-units';
import {
  listUnitsWithoutFile,
  readMissingFiles,
  type MissingFile,
} from '../database/operations/sync';
import { chunksOf } from '../database/chunks';
import { describeUrl } from '../download/locations';
import { TaskError } from '../tasks';
import { settleTogether, type SyncRun } from './SyncRun';

/** Pulp's default of parallel downloads. */
const CONCURRENCY = 7;

/** An RPM whose size the metadata do not tell. */
const MOST_BYTES = 64 * 1024 ** 3;

/** Fetches and stores the files of packages that are not stored yet, several at once. */
export async function fetchPackageFiles(
  run: SyncRun,
  unitIds: readonly number[],
): Promise<void> {
  const { knex, context, remote } = run;
  const missing = await listUnitsWithoutFile(knex, unitIds);
  const progress = context.progress(
    'sync.downloading.artifacts',
    'Downloaded packages',
    missing.length,
  );
  async function* queue(): AsyncGenerator<MissingFile> {
    for (const chunk of chunksOf(missing)) {
      yield* await readMissingFiles(knex, remote.id, chunk);
    }
  }
  const files = queue();
  let fetched = 0;
  const fetchInTurn = async () => {
    for (;;) {
      context.signal.throwIfAborted();
      const next = await files.next();
      if (next.done) return;
      const artifactId =
        next.value.artifactId ?? (await fetchFile(run, next.value));
      await attachArtifacts(knex, [
        { unit_id: next.value.unitId, artifact_id: artifactId },
      ]);
      fetched += 1;
      progress.advance();
    }
  };
  const concurrency = remote.settings.download_concurrency ?? CONCURRENCY;
  await settleTogether(
    run,
    Array.from({ length: concurrency }, () => fetchInTurn()),
  );
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
