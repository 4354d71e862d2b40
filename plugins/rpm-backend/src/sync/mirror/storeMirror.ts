import { readFile } from 'fs/promises';
import { TaskError } from '../../tasks';
import { fetchIfThere } from '../fetchIfThere';
import { locate, LocationError } from '../locations';
import {
  ChecksumError,
  readChecksum,
  type FileChecksum,
} from '../metadata/checksums';
import type { FetchedMetadata } from '../metadata/fetchMetadata';
import type { FoundRepository } from '../metadata/findRepository';
import type { SyncRun } from '../SyncRun';
import { storeFiles, type StoredFile } from '../takeUnits';
import { parseExtraFiles, type ExtraFile } from './extraFiles';
import { placeInMirror } from './mirrorRules';

/** The files of a remote as they are, and where its packages are among them. */
export interface Mirror {
  /** Artifact ids by path. */
  files: Map<string, number>;
  /** Unit ids by path. */
  packages: ReadonlyMap<string, number>;
}

const REPOMD = 'repodata/repomd.xml';
const SIGNATURES = [`${REPOMD}.asc`, `${REPOMD}.key`];
const EXTRA_FILES = 'extra_files.json';

const MOST_SMALL_BYTES = 1024 ** 2;
/** An extra file whose size is not told. */
const MOST_BYTES = 4 * 1024 ** 3;

/**
 * Stores a remote's own metadata, its signature and its extra files.
 *
 * @param kept - metadata files that have been stored already
 */
export async function storeMirror(
  run: SyncRun,
  found: FoundRepository,
  metadata: FetchedMetadata,
  kept: readonly StoredFile[],
): Promise<Map<string, number>> {
  const files = new Map<string, number>();
  const add = async (path: string, file: string) => {
    const artifact = await run.storage.adopt(file, { name: path });
    files.set(path, artifact.id);
  };
  const { kept: _, rest, ...read } = metadata;
  const parsed = Object.values(read).flatMap(file => file ?? []);
  const stored = await storeFiles(run, [...parsed, ...rest]);
  for (const { location, artifactId } of [...kept, ...stored]) {
    files.set(placeInMirror(location), artifactId);
  }
  await add(REPOMD, found.path);
  for (const path of SIGNATURES) {
    const file = await fetchSmall(run, path);
    if (file) await add(path, file);
  }
  const list = await fetchSmall(run, EXTRA_FILES);
  if (list) {
    for (const extra of parseExtraFiles(await readFile(list, 'utf8'))) {
      const file = await fetchExtraFile(run, extra);
      if (file) await add(placeInMirror(extra.path), file);
    }
    await add(EXTRA_FILES, list);
  }
  return files;
}

function fetchSmall(
  { downloader, root, folder }: SyncRun,
  path: string,
): Promise<string | undefined> {
  const url = locate(root, path);
  return fetchIfThere(downloader, url, folder, { maxSize: MOST_SMALL_BYTES });
}

async function fetchExtraFile(
  run: SyncRun,
  { path, size, checksums }: ExtraFile,
): Promise<string | undefined> {
  const { downloader, folder, root, problems } = run;
  try {
    const file = await fetchIfThere(downloader, locate(root, path), folder, {
      ...(size === undefined ? { maxSize: MOST_BYTES } : { size }),
      checksum: bestOf(checksums),
    });
    if (!file) {
      const message = `The remote does not have the file ${path}.`;
      problems.push({ file: EXTRA_FILES, message });
    }
    return file;
  } catch (error) {
    if (!(error instanceof LocationError)) throw error;
    throw new TaskError(
      'RPM0006',
      `A file of ${EXTRA_FILES} ${error.message}.`,
    );
  }
}

/** One that proves something, if there is any; old tools give several. */
function bestOf(checksums: ExtraFile['checksums']): FileChecksum | undefined {
  for (const [type, value] of Object.entries(checksums)) {
    try {
      return readChecksum(type, value);
    } catch (error) {
      if (!(error instanceof ChecksumError)) throw error;
    }
  }
  return undefined;
}
