import type { Treeinfo } from '@rpmportal/rpm-format';
import {
  attachTreeFile,
  listTreeFiles,
  recordTreeSources,
  type StoredTreeFile,
} from '../../database/operations/distribution-trees';
import { describeUrl } from '../../download/locations';
import { fetchIfThere } from '../fetchIfThere';
import { fetchSideBySide } from '../fetchSideBySide';
import { locate, LocationError } from '../locations';
import {
  ChecksumError,
  readChecksum,
  type FileChecksum,
} from '../metadata/checksums';
import type { SyncRun } from '../SyncRun';

/** Images of installers have up to some GB. */
const MOST_BYTES = 64 * 1024 ** 3;

/** A file that a tree names, and where it is. */
export interface RemoteTreeFile {
  path: string;
  url: string;
  /** Undefined when none is announced that proves anything. */
  checksum: FileChecksum | undefined;
}

/** The files that a tree names; what cannot be used of them is told as problems. */
export function planTreeFiles(
  { root, problems }: SyncRun,
  file: string,
  { images, checksums }: Treeinfo,
): RemoteTreeFile[] {
  const announced = new Map(checksums.map(each => [each.path, each]));
  const paths = new Set(images.map(({ path }) => path));
  return Array.from(paths).flatMap(path => {
    try {
      const url = locate(root, path);
      const { type, value } = announced.get(path) ?? {};
      return type && value
        ? { path, url, checksum: readChecksum(type, value) }
        : { path, url, checksum: undefined };
    } catch (error) {
      if (error instanceof LocationError) {
        problems.push({
          file,
          message: `A file ${error.message}; it is not taken.`,
        });
        return [];
      }
      if (!(error instanceof ChecksumError)) throw error;
      problems.push({
        file,
        message: `The file ${path} ${error.message}; it is not verified.`,
      });
      return { path, url: locate(root, path), checksum: undefined };
    }
  });
}

/**
 * Records where the files of a tree are, and fetches those that are to be stored: all when the
 * remote's policy says so, and always those that nothing could be verified with later.
 */
export async function takeTreeFiles(
  run: SyncRun,
  unitId: number,
  file: string,
  files: readonly RemoteTreeFile[],
): Promise<void> {
  const { knex, context, remote, problems } = run;
  await recordTreeSources(
    knex,
    files.map(({ path, url }) => ({
      unit_id: unitId,
      path,
      remote_id: remote.id,
      url,
    })),
  );
  const urls = new Map(files.map(({ path, url }) => [path, url]));
  const missing = (await listTreeFiles(knex, unitId)).filter(
    ({ stored, checksum }) =>
      !stored && (remote.policy === 'immediate' || !checksum),
  );
  if (!missing.length) return;
  const progress = context.progress(
    'sync.downloading.images',
    'Downloaded files of the distribution tree',
    missing.length,
  );
  async function* queue(): AsyncGenerator<StoredTreeFile> {
    yield* missing;
  }
  await fetchSideBySide(run, queue(), async ({ path, checksum }) => {
    const artifactId = await fetchFile(run, urls.get(path)!, checksum);
    if (artifactId === undefined) {
      problems.push({
        file,
        message: `The remote does not have the file ${path}.`,
      });
    } else {
      await attachTreeFile(knex, unitId, path, artifactId);
    }
    progress.advance();
  });
  progress.finish();
}

/** @returns the id of the stored file, or undefined when the remote does not have it */
async function fetchFile(
  { downloader, folder, storage }: SyncRun,
  url: string,
  checksum: StoredTreeFile['checksum'],
): Promise<number | undefined> {
  const path = await fetchIfThere(downloader, url, folder, {
    maxSize: MOST_BYTES,
    checksum,
  });
  if (path === undefined) return undefined;
  const name = describeUrl(new URL(url));
  const artifact = await storage.adopt(path, { name, checksum });
  return artifact.id;
}
